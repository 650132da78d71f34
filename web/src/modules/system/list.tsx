// The register of systems.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay, useSession } from '@/api/session';
import { Empty } from '@/kit/faces';
import { FieldGroup } from '@/record/fields';
import { RecordList } from '@/record/list';
import type { View } from '@/record/list_state';
import { Choice } from '@/record/looks';
import { titleOf } from '@/record/naming';
import { groups } from './page';

function useViews(): View[] {
  const { t } = useTranslation();
  const me = useSession().person.id;
  return useMemo<View[]>(
    (): View[] => [
      {
        key: 'running',
        label: t('system.view_running'),
        filters: { state: 'running,maintenance' },
        sort: 'name',
      },
      { key: 'core', label: t('system.view_core'), filters: { criticality: 'core' }, sort: 'name' },
      { key: 'mine', label: t('system.view_mine'), filters: { owner: me }, sort: 'name' },
      { key: 'all', label: t('system.view_all'), filters: {}, sort: 'name' },
    ],
    [t, me],
  );
}

export default function Systems() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <RecordList
      kind="system"
      plural="systems"
      adds={may('system.write')}
      imports={may('system.import')}
      views={useViews()}
      columns={['number', 'name', 'criticality', 'state', 'owner', 'unit', 'address']}
      filters={['state', 'criticality', 'owner', 'unit']}
      empty={<Empty title={t('system.none')} hint={t('system.none_hint')} />}
      card={(record, labels) => (
        <Link to={`/systems/${record.id}`} className="card-link">
          <span className="card-top">
            <span className="figures faint">{record.number}</span>
            <Choice kind="system" field="state" value={String(record.state)} />
          </span>
          <span className="card-title">{titleOf(record)}</span>
          <span className="card-foot">
            <Choice kind="system" field="criticality" value={String(record.criticality)} />
            <span className="muted">{labels[String(record.owner)]}</span>
          </span>
        </Link>
      )}
      preview={(record) => (
        <>
          <h2 className="side-title">{titleOf(record)}</h2>
          <div className="record-line">
            <Choice kind="system" field="state" value={String(record.state)} strong />
            <Choice kind="system" field="criticality" value={String(record.criticality)} strong />
          </div>
          {groups.map((group) => (
            <FieldGroup
              key={group.title}
              kind="system"
              plural="systems"
              record={record}
              group={group}
              editable={false}
            />
          ))}
        </>
      )}
    />
  );
}
