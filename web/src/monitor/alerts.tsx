// Alerts: firing ones first.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useAcknowledge, useAlerts } from '@/api/monitor';
import { useMay } from '@/api/session';
import type { Alert, Labels } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { formatValue } from '@/kit/format';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
import { Tabs } from '@/kit/tabs';
import { Time } from '@/kit/time';
import { Deliveries } from './deliveries';
import { silenceAddress } from './silencing';
import './alerts.css';
import { AlertLine, AlertSeverity, AlertState, HeldBack, alertText } from './alert_line';

const states = ['firing', 'pending', 'resolved', 'all'];

/** Who has seen the alert, or the button to say so. */
function Acknowledged({ alert, labels }: { alert: Alert; labels?: Labels }) {
  const { t } = useTranslation();
  const may = useMay();
  const acknowledge = useAcknowledge();
  if (alert.acknowledged_by) return <span>{labels?.[alert.acknowledged_by] ?? t('kit.yes')}</span>;
  if (alert.state !== 'firing' || !may('alert.acknowledge')) return <span className="faint">–</span>;
  return (
    <Button size="small" loading={acknowledge.isPending} onClick={() => acknowledge.mutate(alert.id)}>
      {t('alert.acknowledge')}
    </Button>
  );
}

/** Its trace, and the way to silence it. */
function Verbs({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  return (
    <span className="alert-verbs">
      <Deliveries alert={alert} />
      {alert.state !== 'resolved' && may('silence.write') && (
        <Button size="small" onClick={() => void navigate(silenceAddress(alert, Date.now()))}>
          {t('alert.to_silence')}
        </Button>
      )}
    </span>
  );
}

/** All of them fit beside the menu of a laptop, so that nobody has to look for the buttons. */
function useColumns(labels: Labels | undefined, over: boolean): Column<Alert>[] {
  const { t } = useTranslation();
  return [
    { key: 'state', title: t('alert.state'), width: 120, render: (alert) => <AlertState alert={alert} /> },
    {
      key: 'severity',
      title: t('alert.severity'),
      width: 80,
      render: (alert) => <AlertSeverity severity={alert.severity} />,
    },
    { key: 'text', title: t('alert.what'), width: 260, render: (alert) => alertText(alert) },
    {
      key: 'where',
      title: t('alert.where'),
      width: 140,
      render: (alert) =>
        alert.system ? (
          <Link to={`/systems/${alert.system}`}>
            {labels?.[alert.system] ?? alert.labels.instance ?? alert.name}
          </Link>
        ) : (
          (alert.labels.instance ?? '–')
        ),
    },
    {
      key: 'value',
      title: t('alert.value'),
      width: 80,
      align: 'right',
      render: (alert) => formatValue(alert.value),
    },
    {
      key: 'since',
      title: t('alert.since'),
      width: 90,
      render: (alert) => <Time at={alert.fired_at ?? alert.active_at} />,
    },
    ...(over
      ? [
          {
            key: 'resolved',
            title: t('alert.resolved_at'),
            width: 90,
            render: (alert: Alert) => <Time at={alert.resolved_at} />,
          },
        ]
      : []),
    {
      key: 'incident',
      title: t('incident.one'),
      width: 140,
      render: (alert) =>
        alert.incident ? (
          <Link to={`/incidents/${alert.incident}`}>
            {labels?.[alert.incident] ?? t('alert.open_incident')}
          </Link>
        ) : (
          <HeldBack alert={alert} labels={labels} />
        ),
    },
    {
      key: 'verbs',
      title: '',
      width: 170,
      render: (alert) => <Verbs alert={alert} />,
    },
    {
      key: 'acknowledged',
      title: t('alert.acknowledged_by'),
      width: 90,
      render: (alert) => <Acknowledged alert={alert} labels={labels} />,
    },
  ];
}

export default function Alerts() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const may = useMay();
  const state = params.get('state') ?? 'firing';
  const alerts = useAlerts(state === 'all' ? {} : { state });
  const columns = useColumns(alerts.data?.labels, state === 'resolved' || state === 'all');
  return (
    <div className="page page-list">
      <PageHead
        title={t('shell.alerts')}
        extra={may('duty.read') && <Link to="/on-call">{t('on_call.from_alerts')}</Link>}
      />
      <Tabs
        label={t('shell.alerts')}
        tabs={states.map((key) => ({ key, label: t(`alert.tab_${key}`) }))}
        active={state}
        onChange={(key) => setParams({ state: key }, { replace: true })}
      />
      <Loaded
        query={alerts}
        isEmpty={(data) => data.items.length === 0}
        empty={
          <Empty
            title={t(`alert.none_${state}`)}
            hint={t('alert.none_hint')}
            action={<Link to="/monitor/rules">{t('alert.see_rules')}</Link>}
          />
        }
      >
        {(data) => (
          <div className="list-main">
            <Table
              name="alerts"
              label={t('shell.alerts')}
              columns={columns}
              rows={data.items}
              rowKey={(alert) => alert.id}
              card={(alert) => <AlertLine alert={alert} labels={data.labels} />}
            />
          </div>
        )}
      </Loaded>
    </div>
  );
}
