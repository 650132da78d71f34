// What a panel shows: each kind from the answers to its queries.
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardPanel } from '@/api/boards';
import { useAlerts } from '@/api/monitor';
import type { QueryResult, Series } from '@/api/types';
import { Skeleton } from '@/kit/faces';
import { formatInstant, formatValue } from '@/kit/format';
import { Mark, ShapeMark, type Shape, type Tone } from '@/kit/marks';
import { useTheme } from '@/kit/theme';
import { Time } from '@/kit/time';
import { AlertSeverity, alertText } from '../alert_line';
import { columnsOf, latest, stackedOf } from '../series';
import { lineTone } from '../strokes';
import { filledPart, numbersOf, reduced, runsOf, seriesOf, toneOf } from './figures';

const Plot = lazy(() => import('../plot'));

export const most_lines = 40;
const most_rows = 100;

export interface Answered {
  panel: BoardPanel;
  answers: QueryResult[];
  /** The span of the page in seconds. */
  from: number;
  to: number;
  step_s: number;
  group: string;
}

const shapes: Record<string, Shape> = { green: 'tick', orange: 'half', red: 'triangle', neutral: 'dot' };

export function shown(panel: BoardPanel, value: number | null): string {
  if (value !== null && panel.decimals !== null && Number.isFinite(value) && panel.unit === '')
    return value.toFixed(Math.min(6, Math.max(0, panel.decimals)));
  return formatValue(value, panel.unit);
}

function named(panel: BoardPanel, answers: QueryResult[], most = most_lines) {
  return columnsOf(
    answers.map((answer, index) => ({ answer, format: panel.queries[index]?.legend })),
    undefined,
    most,
  );
}

function Chart({ panel, answers, from, to, group }: Answered) {
  const { t } = useTranslation();
  const { scheme } = useTheme();
  const columns = useMemo(() => named(panel, answers), [panel, answers]);
  const drawn = useMemo(() => (panel.stacked ? stackedOf(columns) : columns), [panel.stacked, columns]);
  const [at, setAt] = useState<number | null>(null);
  const now = latest(columns);
  const moment = at === null ? undefined : columns.times[at];
  const left = answers.reduce((sum, one) => sum + Math.max(0, seriesOf(one).length - most_lines), 0);
  return (
    <>
      <Suspense fallback={<Skeleton lines={3} />}>
        <Plot
          columns={drawn}
          unit={panel.unit}
          from={from}
          to={to}
          group={group}
          minimum={panel.minimum}
          maximum={panel.maximum}
          stacked={panel.stacked}
          lines={panel.thresholds.map((one) => ({
            at: one.from,
            tone: one.tone === 'neutral' ? 'faint' : one.tone,
          }))}
          height="fill"
          onCursor={setAt}
        />
      </Suspense>
      {panel.legend && (
        <ul className="legend panel-legend" tabIndex={0} aria-label={t('board.legend')}>
          {moment !== undefined && <li className="faint figures">{formatInstant(moment * 1000)}</li>}
          {columns.lines.map((line, index) => (
            <li key={index}>
              <i style={{ background: lineTone(scheme, index) }} />
              <span>{line.label}</span>
              <b className="figures">
                {shown(panel, (at === null ? now[index]?.value : line.values[at]) ?? null)}
              </b>
            </li>
          ))}
          {left > 0 && <li className="tone-orange">{t('board.lines_left', { n: left })}</li>}
        </ul>
      )}
    </>
  );
}

interface One {
  label: string;
  value: number | null;
}

/** Every series as one figure. */
function figuresOf(panel: BoardPanel, answers: QueryResult[]): One[] {
  return answers.flatMap((answer, index) => {
    const series = seriesOf(answer).slice(0, most_lines);
    const columns = columnsOf(
      [
        {
          answer: {
            resultType: 'matrix',
            result: series.map((one) => ({ ...one, values: [[0, '0']] })) as Series[],
          },
          format: panel.queries[index]?.legend,
        },
      ],
      undefined,
      most_lines,
    );
    return series.map((one, at) => ({
      label: columns.lines[at]?.label ?? '',
      value: reduced(numbersOf(one), panel.reduce),
    }));
  });
}

function Figure({ panel, answers }: Answered) {
  const all = figuresOf(panel, answers);
  return (
    <ul className={all.length > 1 ? 'panel-figures' : 'panel-figures panel-figures-one'}>
      {all.map((one, at) => {
        const tone = toneOf(panel, one.value);
        return (
          <li key={at} className={`tone-${tone}`}>
            <span className="panel-figure figures">
              {tone !== 'neutral' && <ShapeMark tone={tone as Tone} shape={shapes[tone] ?? 'dot'} />}
              {shown(panel, one.value)}
            </span>
            {all.length > 1 && <span className="muted">{one.label}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Gauge({ panel, answers }: Answered) {
  const all = figuresOf(panel, answers);
  const values = all.flatMap((one) => (one.value === null ? [] : [one.value]));
  // A single figure without an end of its scale would always be full, which says nothing.
  const scaled =
    values.length > 1 || panel.maximum !== null || panel.unit === 'percent' || panel.unit === 'ratio';
  return (
    <ul className="panel-gauges" tabIndex={0} aria-label={panel.title}>
      {all.map((one, at) => {
        const tone = toneOf(panel, one.value);
        return (
          <li key={at}>
            <span className="panel-gauge-label">{one.label || panel.title}</span>
            <b className={`figures tone-${tone}`}>{shown(panel, one.value)}</b>
            {scaled && (
              <span className="panel-bar">
                <i
                  className={`bar-${tone}`}
                  style={{ width: `${one.value === null ? 0 : filledPart(panel, one.value, values) * 100}%` }}
                />
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Rows({ panel, answers }: Answered) {
  const { t } = useTranslation();
  const series = answers.flatMap(seriesOf);
  const keys = [...new Set(series.flatMap((one) => Object.keys(one.metric)))]
    .filter((key) => key !== '__name__')
    .filter((key, _, every) => every.length <= 8 || new Set(series.map((one) => one.metric[key])).size > 1)
    .slice(0, 8);
  return (
    <div
      className="panel-scroll"
      tabIndex={0}
      role="region"
      aria-label={panel.title || t('board.kind.table')}
    >
      <table className="table table-plain">
        <thead>
          <tr>
            {keys.map((key) => (
              <th key={key} scope="col">
                {key}
              </th>
            ))}
            <th scope="col" className="right">
              {t('alert.value')}
            </th>
          </tr>
        </thead>
        <tbody>
          {series.slice(0, most_rows).map((one, at) => {
            const value = reduced(numbersOf(one), panel.reduce);
            return (
              <tr key={at}>
                {keys.map((key) => (
                  <td key={key}>{one.metric[key]}</td>
                ))}
                <td className={`right figures tone-${toneOf(panel, value)}`}>{shown(panel, value)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {series.length > most_rows && (
        <p className="muted">{t('monitor.more_rows', { n: series.length - most_rows })}</p>
      )}
    </div>
  );
}

function States({ panel, answers, from, to, step_s }: Answered) {
  const { scheme } = useTheme();
  const labels = named(panel, answers).lines.map((line) => line.label);
  const place = (at: number) => `${Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100))}%`;
  const values = [...new Set(answers.flatMap(seriesOf).flatMap(numbersOf))];
  return (
    <ul className="panel-states" tabIndex={0} aria-label={panel.title}>
      {answers.flatMap(seriesOf).map((series, at) => (
        <li key={at}>
          <span className="panel-state-label">{labels[at]}</span>
          <span className="panel-state-track">
            {runsOf(panel, series, step_s).map((run) => (
              <i
                key={run.from}
                className={panel.thresholds.length > 0 ? `bar-${run.tone}` : undefined}
                title={`${formatInstant(run.from * 1000)} – ${formatInstant(run.to * 1000)}: ${shown(panel, run.value)}`}
                style={{
                  left: place(run.from),
                  right: `calc(100% - ${place(run.to + step_s)})`,
                  ...(panel.thresholds.length > 0
                    ? {}
                    : { background: lineTone(scheme, values.indexOf(run.value)) }),
                }}
              />
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function AlertList({ panel }: { panel: BoardPanel }) {
  const { t } = useTranslation();
  const alerts = useAlerts({ state: 'firing' });
  const wanted = panel.filter.trim().toLowerCase();
  const items = (alerts.data?.items ?? []).filter((alert) =>
    `${alertText(alert)} ${alert.name} ${Object.values(alert.labels).join(' ')}`
      .toLowerCase()
      .includes(wanted),
  );
  if (!alerts.data) return <Skeleton lines={3} />;
  if (items.length === 0)
    return (
      <p className="panel-calm">
        <Mark tone="green" shape="tick">
          {t('board.no_alerts')}
        </Mark>
      </p>
    );
  return (
    <ul className="panel-alerts" tabIndex={0} aria-label={panel.title || t('board.kind.alerts')}>
      {items.slice(0, most_rows).map((alert) => (
        <li key={alert.id}>
          <AlertSeverity severity={alert.severity} />
          <Link to="/monitor/alerts">{alertText(alert)}</Link>
          <span className="muted">
            {alert.system ? alerts.data.labels?.[alert.system] : alert.labels.instance}
          </span>
          <Time at={alert.fired_at ?? alert.active_at} />
        </li>
      ))}
    </ul>
  );
}

export function PanelBody(props: Answered) {
  switch (props.panel.kind) {
    case 'figure':
      return <Figure {...props} />;
    case 'gauge':
      return <Gauge {...props} />;
    case 'table':
      return <Rows {...props} />;
    case 'states':
      return <States {...props} />;
    default:
      return <Chart {...props} />;
  }
}
