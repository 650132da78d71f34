// Alerting rules: what is watched, from which threshold, and whether the rule itself works.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRules } from '@/api/monitor';
import type { Rule } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { formatDuration } from '@/kit/format';
import { Mark } from '@/kit/marks';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
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
      {t('monitor.rule_quiet')}
    </Mark>
  );
}

/** The rule's own words; gaps for labels read as an ellipsis. */
function text(rule: Rule): string {
  return (rule.annotations.summary ?? '').replace(/\{\{.*?\}\}/g, '…');
}

export default function Rules() {
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
  ];
  return (
    <div className="page page-list">
      <PageHead title={t('shell.rules')} lead={t('monitor.rules_lead')} />
      <Loaded
        query={useRules()}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('monitor.no_rules')} hint={t('monitor.no_rules_hint')} />}
      >
        {(data) => (
          <div className="list-main">
            <Table
              name="rules"
              label={t('shell.rules')}
              columns={columns}
              rows={data.items}
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
