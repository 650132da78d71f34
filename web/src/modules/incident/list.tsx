// Faults: the list.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '@/api/session';
import type { Labels, RecordData } from '@/api/types';
import { Empty } from '@/kit/faces';
import { formatDay } from '@/kit/format';
import { Time } from '@/kit/time';
import { useStepName } from '@/record/actions';
import { ClockChip } from '@/record/clocks';
import { FieldGroup } from '@/record/fields';
import { RecordList } from '@/record/list';
import type { View } from '@/record/list_state';
import { Choice } from '@/record/looks';
import { titleOf } from '@/record/naming';
import { groups } from './page';

function useViews(): View[] {
  const { t } = useTranslation();
  const me = useSession().person.id;
  return useMemo((): View[] => {
    const today = new Date(`${formatDay(Date.now())}T00:00:00`).toISOString();
    return [
      { key: 'open', label: t('incident.view_open'), filters: { open: 'true' } },
      { key: 'urgent', label: t('incident.view_urgent'), filters: { open: 'true', priority: 'p1,p2' } },
      { key: 'mine', label: t('incident.view_mine'), filters: { assignee: me, open: 'true' } },
      { key: 'reported', label: t('incident.view_reported'), filters: { reporter: me } },
      { key: 'today', label: t('incident.view_today'), filters: { 'created_at.from': today } },
      { key: 'all', label: t('incident.view_all'), filters: {} },
    ];
  }, [t, me]);
}

function Card({ record, labels }: { record: RecordData; labels: Labels }) {
  const system = typeof record.system === 'string' ? labels[record.system] : '';
  return (
    <Link to={`/incidents/${record.id}`} className="card-link">
      <span className="card-top">
        <span className="figures faint">{record.number}</span>
        <Time at={record.created_at} />
      </span>
      <span className="card-title">{titleOf(record)}</span>
      <span className="card-foot">
        {record.priority ? <Choice kind="incident" field="priority" value={String(record.priority)} /> : null}
        <Choice kind="incident" field="state" value={String(record.state)} />
        {system && <span className="muted">{system}</span>}
      </span>
    </Link>
  );
}

function Preview({ record }: { record: RecordData }) {
  const stepName = useStepName();
  return (
    <>
      <h2 className="side-title">{titleOf(record)}</h2>
      <div className="record-line">
        <Choice kind="incident" field="state" value={String(record.state)} strong />
        {record.priority ? (
          <Choice kind="incident" field="priority" value={String(record.priority)} strong />
        ) : null}
        {(record.clocks ?? []).map((clock) => (
          <ClockChip key={clock.name} clock={clock} kind="incident" />
        ))}
      </div>
      {record.tasks?.map((task) => (
        <Link key={task.id} className="side-task" to={`/incidents/${record.id}?task=${task.id}`}>
          {stepName('incident', task)} →
        </Link>
      ))}
      {groups.map((group) => (
        <FieldGroup
          key={group.title}
          kind="incident"
          plural="incidents"
          record={record}
          group={group}
          editable={false}
          terse
        />
      ))}
    </>
  );
}

export default function Incidents() {
  const { t } = useTranslation();
  return (
    <RecordList
      kind="incident"
      plural="incidents"
      views={useViews()}
      columns={['number', 'priority', 'title', 'state', 'system', 'assignee', 'clocks', 'created_at']}
      filters={[
        'state',
        'priority',
        'severity',
        'system',
        'assignee',
        'reporter',
        'unit',
        'source',
        'scope',
        'created_at',
        'started_at',
      ]}
      empty={
        <Empty
          title={t('incident.none')}
          hint={t('incident.none_hint')}
          action={<Link to="/report">{t('shell.report')}</Link>}
        />
      }
      card={(record, labels) => <Card record={record} labels={labels} />}
      preview={(record) => <Preview record={record} />}
    />
  );
}
