// One maintenance window, and the alerts it holds back now.
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useAlerts } from '@/api/monitor';
import { useMay } from '@/api/session';
import { Empty } from '@/kit/faces';
import { AlertLine } from '@/monitor/alert_line';
import type { Group } from '@/record/fields';
import { RecordPage } from '@/record/page';
import { Preview } from './preview';

export const groups: Group[] = [
  {
    title: 'maintenance_window.group_plan',
    fields: ['systems', 'starts_at', 'ends_at', 'recurrence', 'days', 'reason', 'state'],
  },
];

function HeldBack({ id }: { id: string }) {
  const { t } = useTranslation();
  const alerts = useAlerts({ state: 'firing', maintenance_window: id });
  const items = alerts.data?.items ?? [];
  if (items.length === 0) return <Empty title={t('maintenance_window.none_held_back')} />;
  return (
    <ul className="cards cards-flush">
      {items.map((alert) => (
        <li key={alert.id}>
          <AlertLine alert={alert} labels={alerts.data?.labels} />
        </li>
      ))}
    </ul>
  );
}

export default function MaintenanceWindow() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const may = useMay();
  return (
    <RecordPage
      kind="maintenance_window"
      plural="maintenance_windows"
      id={id}
      groups={groups}
      head={['state']}
      people={[]}
      editable={may('maintenance_window.write')}
      tabs={[
        {
          key: 'openings',
          label: t('maintenance_window.openings'),
          render: (record) => <Preview valueOf={(name) => record[name]} />,
        },
        {
          key: 'held_back',
          label: t('maintenance_window.held_back'),
          render: (record) => <HeldBack id={record.id} />,
        },
      ]}
    />
  );
}
