// One unit of the organisation and its people.
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useRecords } from '@/api/records';
import { useMay } from '@/api/session';
import { Empty, Skeleton } from '@/kit/faces';
import { Panel } from '@/kit/panel';
import { RecordPage } from '@/record/page';
import { textOf, titleOf } from '@/record/naming';

function Members({ id, adds }: { id: string; adds: boolean }) {
  const { t } = useTranslation();
  const list = useRecords('people', { unit: id, sort: 'name' }, 200);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel
      title={t('unit.members')}
      extra={
        adds && <Link to={`/people/new?unit=${id}`}>{t('record.create', { what: t('person.one') })}</Link>
      }
    >
      {list.isPending && <Skeleton lines={4} />}
      {list.data && rows.length === 0 && <Empty title={t('unit.no_members')} />}
      <ul className="lines">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={`/people/${row.id}`}>{titleOf(row)}</Link>
            <span className="muted">{textOf(row, 'post')}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export default function Unit() {
  const { id = '' } = useParams();
  const may = useMay();
  return (
    <RecordPage
      kind="unit"
      plural="units"
      id={id}
      groups={[{ title: 'unit.group', fields: ['name', 'parent', 'kind'] }]}
      head={[]}
      editable={may('unit.write')}
      lead={(record) => <Members id={record.id} adds={may('person.write')} />}
    />
  );
}
