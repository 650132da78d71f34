// Maintenance windows: when alerts of a system are expected and open no fault.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '@/api/session';
import { Empty } from '@/kit/faces';
import { Time } from '@/kit/time';
import { FieldGroup } from '@/record/fields';
import { RecordList } from '@/record/list';
import type { View } from '@/record/list_state';
import { Choice } from '@/record/looks';
import { titleOf } from '@/record/naming';
import { groups } from './page';

const kind = 'maintenance_window';
const plural = 'maintenance_windows';

function useViews(): View[] {
  const { t } = useTranslation();
  return useMemo<View[]>(
    (): View[] => [
      {
        key: 'planned',
        label: t('maintenance_window.view_planned'),
        filters: { state: 'planned' },
        sort: '-starts_at',
      },
      { key: 'all', label: t('maintenance_window.view_all'), filters: {}, sort: '-starts_at' },
    ],
    [t],
  );
}

export default function MaintenanceWindows() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <RecordList
      kind={kind}
      plural={plural}
      adds={may('maintenance_window.write')}
      imports={may('maintenance_window.import')}
      views={useViews()}
      columns={['number', 'title', 'systems', 'starts_at', 'ends_at', 'recurrence', 'days', 'state']}
      filters={['state', 'days']}
      head={
        <p>
          <Link to="/maintenance_windows/calendar">{t('maintenance_window.calendar')}</Link>
        </p>
      }
      empty={<Empty title={t('maintenance_window.none')} hint={t('maintenance_window.none_hint')} />}
      card={(record) => (
        <Link to={`/${plural}/${record.id}`} className="card-link">
          <span className="card-top">
            <span className="figures faint">{record.number}</span>
            <Choice kind={kind} field="state" value={String(record.state)} />
          </span>
          <span className="card-title">{titleOf(record)}</span>
          <span className="card-foot muted">
            <Time at={String(record.starts_at)} exact /> – <Time at={String(record.ends_at)} exact />
          </span>
        </Link>
      )}
      preview={(record) => (
        <>
          <h2 className="side-title">{titleOf(record)}</h2>
          {groups.map((group) => (
            <FieldGroup
              key={group.title}
              kind={kind}
              plural={plural}
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
