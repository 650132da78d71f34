// "Would have fired 3 times last week": a rule tried on the stored samples, as a count, a chart and a list.
import { Segmented } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRange } from '@/api/monitor';
import { useRulePreview, type RulePreview as Preview } from '@/api/rules';
import { Empty, Loaded, Skeleton } from '@/kit/faces';
import { formatDuration, formatInstant } from '@/kit/format';
import { Panel } from '@/kit/panel';
import { AlertSeverity } from './alert_line';
import { intervalsOf, type Interval } from './rule_intervals';
import { columnsOf } from './series';

const Plot = lazy(() => import('./plot'));
const day_s = 86_400;
const spans: [string, number][] = [
  ['rule.last_day', day_s],
  ['rule.last_week', 7 * day_s],
];
const most_shown = 100;

function labelsText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .filter(([name]) => name !== 'alertname')
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ');
}

function IntervalLine({ one, end }: { one: Interval; end: number }) {
  const { t } = useTranslation();
  return (
    <li>
      <span className="form-row">
        {one.severity && <AlertSeverity severity={one.severity} />}
        <span className="figures">
          {formatInstant(one.from * 1000)} –{' '}
          {one.to === null ? t('rule.still_firing') : formatInstant(one.to * 1000)}
        </span>
        <span className="muted">{formatDuration(t, ((one.to ?? end) - one.from) * 1000)}</span>
      </span>
      <code>{labelsText(one.labels) || '–'}</code>
    </li>
  );
}

/** What the rule compares, with the stretches in which it would have fired. */
function Drawing({ expr, preview, intervals }: { expr: string; preview: Preview; intervals: Interval[] }) {
  const { t } = useTranslation();
  const side = useQuery({
    queryKey: ['compared', expr],
    queryFn: async () => (await import('./compared')).compared(expr),
    staleTime: Infinity,
  });
  const range = useRange(side.data ? [side.data.expr] : [], preview.to - preview.from, 400);
  const columns = useMemo(() => columnsOf((range.data ?? []).map((answer) => ({ answer }))), [range.data]);
  const bands = intervals.map((one) => ({ from: one.from, to: one.to ?? preview.to }));
  return (
    <Loaded
      query={range}
      lines={4}
      isEmpty={() => columns.lines.length === 0}
      empty={<Empty title={t('rule.no_history')} hint={t('rule.no_history_hint')} />}
    >
      {() => (
        <Suspense fallback={<Skeleton lines={4} />}>
          <Plot
            columns={columns}
            unit=""
            from={preview.from}
            to={preview.to}
            group="rule-preview"
            critical={side.data?.threshold}
            bands={bands}
          />
        </Suspense>
      )}
    </Loaded>
  );
}

interface PreviewProps {
  yaml: string;
  expr: string;
  /** False while the text is no alerting rule. */
  ready: boolean;
}

export function RulePreview({ yaml, expr, ready }: PreviewProps) {
  const { t } = useTranslation();
  const [span_s, setSpan] = useState(7 * day_s);
  const preview = useRulePreview(yaml, span_s, ready);
  const choice = (
    <Segmented
      size="small"
      aria-label={t('monitor.range')}
      value={span_s}
      options={spans.map(([word, value]) => ({ value, label: t(word) }))}
      onChange={setSpan}
    />
  );
  return (
    <Panel title={t('rule.preview')} extra={choice}>
      {!ready && !preview.data ? (
        <p className="muted">{t('rule.preview_waits')}</p>
      ) : (
        <Loaded query={preview} lines={5}>
          {(data) => {
            const intervals = intervalsOf(data.changes);
            const span = t(span_s === day_s ? 'rule.last_day' : 'rule.last_week');
            return (
              <div aria-busy={preview.isFetching}>
                <p className="rule-told" role="status">
                  {intervals.length === 0
                    ? t('rule.would_not_fire', { span })
                    : t('rule.would_fire', { span, n: intervals.length })}
                </p>
                <Drawing expr={expr} preview={data} intervals={intervals} />
                {intervals.length > 0 && (
                  // Scrolls, so the keyboard must reach it.
                  <ul className="rule-intervals" tabIndex={0} aria-label={t('rule.preview')}>
                    {intervals
                      .slice(-most_shown)
                      .reverse()
                      .map((one, index) => (
                        <IntervalLine key={index} one={one} end={data.to} />
                      ))}
                  </ul>
                )}
              </div>
            );
          }}
        </Loaded>
      )}
    </Panel>
  );
}
