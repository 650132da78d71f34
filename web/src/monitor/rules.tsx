// Rules: what is watched, from which threshold, and whether the rule itself works.
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useRules } from '@/api/monitor';
import type { Rule } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { formatDuration } from '@/kit/format';
import { Mark } from '@/kit/marks';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
import { Tabs } from '@/kit/tabs';
import { Time } from '@/kit/time';
import { AlertSeverity } from './alert_line';

function Health({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const firing = rule.alerts.some((alert) => alert.state === 'firing');
  const pending = rule.alerts.some((alert) => alert.state === 'pending');
  if (rule.last_error)
    return (
      <Mark tone="red" shape="triangle">
        {t('monitor.rule_broken')}
      </Mark>
    );
  if (firing)
    return (
      <Mark tone="red" shape="square">
        {t('alert.state.firing')}
      </Mark>
    );
  if (pending)
    return (
      <Mark tone="orange" shape="half">
        {t('alert.state.pending')}
      </Mark>
    );
  return (
    <Mark tone="green" shape="tick">
      {t(rule.recording ? 'monitor.recorded' : 'monitor.rule_quiet')}
    </Mark>
  );
}

/** The rule's own words; gaps for labels read as an ellipsis. */
function text(rule: Rule): string {
  return (rule.annotations.summary ?? '').replace(/\{\{.*?\}\}/g, '…');
}

const alertsOnly = new Set(['severity', 'for']);

function useColumns(recording: boolean): Column<Rule>[] {
  const { t } = useTranslation();
  const columns: Column<Rule>[] = [
    { key: 'state', title: t('alert.state'), width: 120, render: (rule) => <Health rule={rule} /> },
    {
      key: 'name',
      title: t('monitor.rule'),
      width: 230,
      render: (rule) => (
        <>
          <b>{rule.name}</b>
          {text(rule) && <div className="muted">{text(rule)}</div>}
          {rule.last_error && <div className="tone-red">{rule.last_error}</div>}
        </>
      ),
    },
    {
      key: 'severity',
      title: t('alert.severity'),
      width: 100,
      render: (rule) => {
        const severity = rule.labels.severity;
        return severity ? <AlertSeverity severity={severity} /> : '–';
      },
    },
    {
      key: 'expr',
      title: t('monitor.expression'),
      width: 480,
      render: (rule) => {
        const expression = rule.expr;
        return (
          <Link to={`/monitor/explore?q=${encodeURIComponent(expression)}`}>
            <code>{expression}</code>
          </Link>
        );
      },
    },
    {
      key: 'for',
      title: t('monitor.for'),
      width: 90,
      render: (rule) => (rule.for_ms > 0 ? formatDuration(t, rule.for_ms) : '–'),
    },
    {
      key: 'group',
      title: t('monitor.group'),
      width: 120,
      render: (rule) => rule.group,
    },
    {
      key: 'run',
      title: t('monitor.last_run'),
      width: 110,
      render: (rule) => <Time at={rule.last_run} />,
    },
  ];
  return recording ? columns.filter((column) => !alertsOnly.has(column.key)) : columns;
}

export default function Rules() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const recording = params.get('kind') === 'recording';
  const columns = useColumns(recording);
  const all = useRules();
  const count = (kind: boolean) => all.data?.items.filter((rule) => rule.recording === kind).length;
  return (
    <div className="page page-list">
      <PageHead title={t('shell.rules')} lead={t('monitor.rules_lead')} />
      <Tabs
        label={t('shell.rules')}
        tabs={[
          { key: 'alerting', label: t('monitor.alerting_rules'), count: count(false) },
          { key: 'recording', label: t('monitor.recording_rules'), count: count(true) },
        ]}
        active={recording ? 'recording' : 'alerting'}
        onChange={(kind) => setParams({ kind }, { replace: true })}
      />
      <Loaded
        query={all}
        isEmpty={(data) => !data.items.some((rule) => rule.recording === recording)}
        empty={<Empty title={t('monitor.no_rules')} hint={t('monitor.no_rules_hint')} />}
      >
        {(data) => (
          <div className="list-main">
            <Table
              name="rules"
              label={t('shell.rules')}
              columns={columns}
              rows={data.items.filter((rule) => rule.recording === recording)}
              rowKey={(rule) => `${rule.group}/${rule.name}/${rule.labels.severity ?? ''}`}
              card={(rule) => (
                <div className="card-link">
                  <span className="card-top">
                    <b>{rule.name}</b>
                    <Health rule={rule} />
                  </span>
                  <code>{rule.expr}</code>
                </div>
              )}
            />
          </div>
        )}
      </Loaded>
    </div>
  );
}
