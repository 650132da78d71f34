// The organisation as a tree.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRecords } from '@/api/records';
import { useMay } from '@/api/session';
import type { RecordData } from '@/api/types';
import { Empty, ErrorFace, Skeleton } from '@/kit/faces';
import { PageHead, Panel } from '@/kit/panel';
import { wordOr } from '@/kit/words';
import { Adding } from '@/record/list';
import { textOf, titleOf } from '@/record/naming';

interface BranchProps {
  units: RecordData[];
  parent: string;
  path: string[];
}

function Branch({ units, parent, path }: BranchProps) {
  const ids = new Set(units.map((unit) => unit.id));
  const children = units.filter((unit) => {
    const above = textOf(unit, 'parent');
    return parent === '' ? !ids.has(above) : above === parent;
  });
  if (children.length === 0) return null;
  return (
    <ul className="tree">
      {children
        .filter((unit) => !path.includes(unit.id))
        .map((unit) => (
          <li key={unit.id}>
            <span className="tree-row">
              <Link to={`/units/${unit.id}`}>{titleOf(unit)}</Link>
              <span className="faint">
                {wordOr(`unit.kind.${textOf(unit, 'kind')}`, textOf(unit, 'kind'))}
              </span>
            </span>
            <Branch units={units} parent={unit.id} path={[...path, unit.id]} />
          </li>
        ))}
    </ul>
  );
}

export default function Units() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useRecords('units', { sort: 'number' }, 200);
  const units = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page page-narrow">
      <PageHead
        title={t('unit.many')}
        extra={<Adding kind="unit" plural="units" adds={may('unit.write')} imports={may('unit.write')} />}
      />
      {list.isPending && <Skeleton lines={8} />}
      {list.isError && !list.data && (
        <ErrorFace error={list.error} since={list.errorUpdatedAt} retry={() => void list.refetch()} />
      )}
      {list.data && units.length === 0 && <Empty title={t('unit.none')} hint={t('unit.none_hint')} />}
      {units.length > 0 && (
        <Panel>
          <Branch units={units} parent="" path={[]} />
        </Panel>
      )}
    </div>
  );
}
