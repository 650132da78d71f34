// One chart with its name, unit, legend and four faces. The drawing code comes when a chart is shown.
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRange } from '@/api/monitor';
import type { ChartDefinition, Wording } from '@/api/types';
import { Empty, Loaded, Skeleton } from '@/kit/faces';
import { formatInstant, formatValue } from '@/kit/format';
import { useTheme } from '@/kit/theme';
import { currentLanguage, wordOr } from '@/kit/words';
import { columnsOf, latest, type Columns } from './series';
import { lineTone } from './strokes';

const Plot = lazy(() => import('./plot'));

interface ChartProps {
  chart: ChartDefinition;
  instance?: string;
  range_s: number;
  group: string;
  onMoment?: (at: number) => void;
}

function Legend({ columns, unit, at }: { columns: Columns; unit: string; at: number | null }) {
  const { scheme } = useTheme();
  const now = latest(columns);
  return (
    <ul className="legend">
      {columns.lines.map((line, index) => (
        <li key={index}>
          <i style={{ background: lineTone(scheme, index) }} />
          <span>{line.label}</span>
          <b className="figures">{formatValue(at === null ? now[index]?.value : line.values[at], unit)}</b>
        </li>
      ))}
    </ul>
  );
}

export function worded(text: Wording | undefined): string {
  if (text === undefined || typeof text === 'string') return text ?? '';
  return text[currentLanguage()] ?? Object.values(text)[0] ?? '';
}

/** The chart's expressions, with the instance put in. */
function asked(chart: ChartDefinition, instance: string | undefined) {
  const series: { expr: string; name?: Wording }[] =
    chart.series ?? (chart.expr ? [{ expr: chart.expr }] : []);
  return series.map(({ expr, name }) => ({
    expr: instance === undefined ? expr : expr.replaceAll('$instance', instance),
    name: worded(name),
  }));
}

export function Chart({ chart, instance, range_s, group, onMoment }: ChartProps) {
  const { t } = useTranslation();
  const series = asked(chart, instance);
  const range = useRange(
    series.map((one) => one.expr),
    range_s,
  );
  const namesKept = series.map((one) => one.name).join('|');
  const columns = useMemo(() => {
    const names = namesKept.split('|');
    return columnsOf(
      (range.data ?? []).map((answer, index) => ({ answer, name: names[index] })),
      chart.legend,
    );
  }, [range.data, namesKept, chart.legend]);
  const [at, setAt] = useState<number | null>(null);
  const to = Math.max(Math.floor(range.dataUpdatedAt / 1000), columns.times[columns.times.length - 1] ?? 0);
  const moment = at === null ? undefined : columns.times[at];
  return (
    <figure className="chart" aria-label={worded(chart.title)}>
      <figcaption>
        <b>{worded(chart.title)}</b>
        <span className="faint figures">
          {moment ? formatInstant(moment * 1000) : wordOr(`measure.${chart.unit}`, chart.unit)}
        </span>
      </figcaption>
      <Loaded
        query={range}
        lines={4}
        isEmpty={() => columns.lines.length === 0}
        empty={<Empty title={t('monitor.no_samples')} hint={t('monitor.no_samples_hint')} />}
      >
        {() => (
          <>
            <Suspense fallback={<Skeleton lines={4} />}>
              <Plot
                columns={columns}
                unit={chart.unit}
                from={to - range_s}
                to={to}
                group={group}
                warning={chart.warning}
                critical={chart.critical}
                maximum={chart.maximum}
                onMoment={onMoment}
                onCursor={setAt}
              />
            </Suspense>
            <Legend columns={columns} unit={chart.unit} at={at} />
          </>
        )}
      </Loaded>
    </figure>
  );
}
