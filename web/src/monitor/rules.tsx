// Rules: what is watched, from which threshold, and whether the rule itself works.
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Button } from 'antd';
import { useRules } from '@/api/monitor';
import { useOwnRules, type OwnRule } from '@/api/rules';
import { useMay } from '@/api/session';
import type { Rule } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { formatDuration } from '@/kit/format';
import { Mark } from '@/kit/marks';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
import { Tabs } from '@/kit/tabs';
import { Time } from '@/kit/time';
import { AlertSeverity } from './alert_line';
import { TestFireButton } from './test_fire';

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

/** The page of a rule that people keep; those of the pack's files have none. */
function RuleName({ rule, own }: { rule: Rule; own: OwnRule | undefined }) {
  if (!own) return <b>{rule.name}</b>;
  return (
    <Link to={`/monitor/rules/${own.id}`}>
      <b>{rule.name}</b>
    </Link>
  );
}

/** Own rules by name; a rule file may have one of the same name only after an own one was there. */
function useOwn() {
  const own = useOwnRules().data?.items ?? [];
  return (rule: Rule) => own.find((one) => rule.file === 'own' && one.name === rule.name);
}

const alertsOnly = new Set(['severity', 'for', 'test']);

function useColumns(recording: boolean): Column<Rule>[] {
  const { t } = useTranslation();
  const ownOf = useOwn();
  const may = useMay()('rule.test');
  const columns: Column<Rule>[] = [
    { key: 'state', title: t('alert.state'), width: 120, render: (rule) => <Health rule={rule} /> },
    {
      key: 'name',
      title: t('monitor.rule'),
      width: 230,
      render: (rule) => (
        <>
          <RuleName rule={rule} own={ownOf(rule)} />
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
      render: (rule) => (rule.file === 'own' ? t('rule.own') : rule.group),
    },
    {
      key: 'run',
      title: t('monitor.last_run'),
      width: 110,
      render: (rule) => <Time at={rule.last_run} />,
    },
    { key: 'test', title: '', width: 110, render: (rule) => may && <TestFireButton rule={rule.name} /> },
  ];
  return recording ? columns.filter((column) => !alertsOnly.has(column.key)) : columns;
}

function OwnState({ rule, evaluated }: { rule: OwnRule; evaluated: Rule | undefined }) {
  const { t } = useTranslation();
  if (rule.active && evaluated) return <Health rule={evaluated} />;
  return (
    <Mark tone={rule.active ? 'orange' : 'neutral'} shape={rule.active ? 'half' : 'pause'}>
      {t(rule.active ? 'rule.starting' : 'rule.inactive')}
    </Mark>
  );
}

/** Rules that people keep, those that are switched off as well. */
function OwnTable({ evaluated }: { evaluated: Rule[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay()('rule.write');
  const running = (rule: OwnRule) => evaluated.find((one) => one.file === 'own' && one.name === rule.name);
  const columns: Column<OwnRule>[] = [
    {
      key: 'state',
      title: t('alert.state'),
      width: 120,
      render: (rule) => <OwnState rule={rule} evaluated={running(rule)} />,
    },
    {
      key: 'name',
      title: t('monitor.rule'),
      width: 230,
      render: (rule) => (
        <Link to={`/monitor/rules/${rule.id}`}>
          <b>{rule.name}</b>
        </Link>
      ),
    },
    {
      key: 'expr',
      title: t('monitor.expression'),
      width: 360,
      render: (rule) => <code>{rule.rule?.expr}</code>,
    },
    { key: 'version', title: t('rule.version'), width: 80, render: (rule) => `v${rule.version}` },
    { key: 'author', title: t('rule.author'), width: 110, render: (rule) => rule.author_name || '–' },
    { key: 'at', title: t('rule.at'), width: 110, render: (rule) => <Time at={rule.at} /> },
    { key: 'reason', title: t('rule.reason'), width: 220, render: (rule) => rule.reason },
  ];
  return (
    <Loaded
      query={useOwnRules()}
      isEmpty={(data) => data.items.length === 0}
      empty={
        <Empty
          title={t('rule.none')}
          hint={t('rule.none_hint')}
          action={
            may && (
              <Link className="button-link" to="/monitor/rules/new">
                {t('rule.new')}
              </Link>
            )
          }
        />
      }
    >
      {(data) => (
        <div className="list-main">
          <Table
            name="own-rules"
            label={t('rule.own_rules')}
            columns={columns}
            rows={data.items}
            rowKey={(rule) => rule.id}
            onOpen={(rule) => void navigate(`/monitor/rules/${rule.id}`)}
            card={(rule) => (
              <Link className="card-link" to={`/monitor/rules/${rule.id}`}>
                <span className="card-top">
                  <b>{rule.name}</b>
                  <OwnState rule={rule} evaluated={running(rule)} />
                </span>
                <code>{rule.rule?.expr}</code>
              </Link>
            )}
          />
        </div>
      )}
    </Loaded>
  );
}

export default function Rules() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay()('rule.write');
  const own = useOwnRules();
  const [params, setParams] = useSearchParams();
  const kind = params.get('kind') ?? 'alerting';
  const recording = kind === 'recording';
  const columns = useColumns(recording);
  const all = useRules();
  const count = (wanted: boolean) => all.data?.items.filter((rule) => rule.recording === wanted).length;
  return (
    <div className="page page-list">
      <PageHead
        title={t('shell.rules')}
        lead={t('monitor.rules_lead')}
        extra={
          may && (
            <Button type="primary" onClick={() => void navigate('/monitor/rules/new')}>
              {t('rule.new')}
            </Button>
          )
        }
      />
      <Tabs
        label={t('shell.rules')}
        tabs={[
          { key: 'alerting', label: t('monitor.alerting_rules'), count: count(false) },
          { key: 'recording', label: t('monitor.recording_rules'), count: count(true) },
          { key: 'own', label: t('rule.own_rules'), count: own.data?.items.length },
        ]}
        active={kind}
        onChange={(next) => setParams({ kind: next }, { replace: true })}
      />
      {kind === 'own' && <OwnTable evaluated={all.data?.items ?? []} />}
      {kind !== 'own' && (
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
      )}
    </div>
  );
}
