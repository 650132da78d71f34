// One system: what it is, how it runs now, its faults and alerts.
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { probeBoard, targetBoard, useAlerts } from '@/api/monitor';
import { useRecords } from '@/api/records';
import { useMay } from '@/api/session';
import type { RecordData } from '@/api/types';
import { Empty, Skeleton } from '@/kit/faces';
import { Panel } from '@/kit/panel';
import { Time } from '@/kit/time';
import { AlertLine } from '@/monitor/alert_line';
import { TemplateBoard } from '@/monitor/board';
import type { Group } from '@/record/fields';
import { Choice } from '@/record/looks';
import { RecordPage } from '@/record/page';
import { titleOf } from '@/record/naming';
import { asked } from './asked';

export const groups: Group[] = [
  {
    title: 'system.group_register',
    // The name stands in the page's head.
    fields: asked.filter((name) => name !== 'name'),
  },
];

function Charts({ record }: { record: RecordData }) {
  const { t } = useTranslation();
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const address = text(record.address);
  const probe = text(record.probe);
  if (!address && !probe)
    return (
      <Panel title={t('monitor.board')}>
        <Empty title={t('system.no_address')} hint={t('system.no_address_hint')} />
      </Panel>
    );
  return (
    <>
      {probe && (
        <TemplateBoard
          address={probeBoard(probe)}
          title={t('system.probe_board')}
          instance={probe}
          system={record.id}
        />
      )}
      {address && (
        <TemplateBoard
          address={targetBoard(record.target_template)}
          title={t('monitor.board')}
          instance={address}
          system={record.id}
        />
      )}
    </>
  );
}

function Firing({ id }: { id: string }) {
  const { t } = useTranslation();
  const alerts = useAlerts({ state: 'firing', system: id });
  const items = alerts.data?.items.filter((alert) => !alert.system || alert.system === id) ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t('system.firing')} flush>
      <ul className="cards cards-flush">
        {items.map((alert) => (
          <li key={alert.id}>
            <AlertLine alert={alert} labels={alerts.data?.labels} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Faults({ id }: { id: string }) {
  const { t } = useTranslation();
  const list = useRecords('incidents', { system: id, sort: '-created_at' }, 20);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isPending) return <Skeleton lines={4} />;
  if (rows.length === 0) return <Empty title={t('system.no_faults')} />;
  return (
    <ul className="related">
      {rows.map((row) => (
        <li key={row.id}>
          <span className="faint figures">
            <Time at={row.created_at} exact />
          </span>
          <Link to={`/incidents/${row.id}`}>
            <span className="figures">{row.number}</span> {titleOf(row)}
          </Link>
          <Choice kind="incident" field="state" value={String(row.state)} />
        </li>
      ))}
    </ul>
  );
}

export default function System() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const may = useMay();
  return (
    <RecordPage
      kind="system"
      plural="systems"
      id={id}
      groups={groups}
      head={['state', 'criticality']}
      people={['owner']}
      editable={may('system.write')}
      lead={(record) => (
        <>
          <Firing id={record.id} />
          {may('monitor.query') && (
            <p className="record-path">
              <Link to={`/availability/${record.id}`}>{t('shell.availability')}</Link>
            </p>
          )}
          <Charts record={record} />
        </>
      )}
      tabs={[{ key: 'faults', label: t('incident.many'), render: (record) => <Faults id={record.id} /> }]}
    />
  );
}
