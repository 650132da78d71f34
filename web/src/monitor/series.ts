// Prometheus' answers as columns for a chart. Moments without a sample stay empty: gaps stay gaps.
import type { QueryResult, Series } from '@/api/types';

export interface Columns {
  times: number[];
  lines: { label: string; values: (number | null)[] }[];
}

const most_lines = 12;

/** A name written as "{{instance}} {{mode}}". */
function filled(format: string, metric: Record<string, string>): string {
  return format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, key: string) => metric[key] ?? '');
}

/** A short name: the label asked for, else only the labels that tell the lines apart. */
function names(series: Series[], legend?: string | null): string[] {
  const keys = [...new Set(series.flatMap((one) => Object.keys(one.metric)))];
  const telling = legend
    ? [legend]
    : keys.filter((key) => new Set(series.map((one) => one.metric[key])).size > 1);
  return series.map((one) => {
    const parts = telling
      .filter((key) => key !== '__name__' && one.metric[key])
      .map((key) => one.metric[key]);
    return parts.join(' ') || (one.metric.__name__ ?? '');
  });
}

/** All moments from the first to the last sample, evenly: a missing one becomes a gap. */
function momentsOf(series: Series[]): number[] {
  const stamps = [...new Set(series.flatMap((one) => (one.values ?? []).map(([at]) => at)))].sort(
    (a, b) => a - b,
  );
  const apart = stamps.slice(1).map((at, index) => at - (stamps[index] ?? at));
  const step = Math.min(...apart);
  const [first, last] = [stamps[0], stamps[stamps.length - 1]];
  if (first === undefined || last === undefined || !Number.isFinite(step) || step <= 0) return stamps;
  return Array.from({ length: Math.round((last - first) / step) + 1 }, (_, index) => first + index * step);
}

export interface Named {
  answer: QueryResult;
  name?: string;
  /** How its lines are called: a text with {{label}} in it. */
  format?: string;
}

export function columnsOf(answers: Named[], legend?: string | null, most = most_lines): Columns {
  const groups = answers
    .filter(({ answer }) => answer.resultType === 'matrix')
    .map(({ answer, name, format }) => ({
      name,
      format,
      series: (answer.result as Series[]).slice(0, most),
    }));
  const times = momentsOf(groups.flatMap((group) => group.series));
  const place = new Map(times.map((at, index) => [at, index]));
  const lines = groups.flatMap(({ name, format, series }) => {
    const labels = format ? series.map((one) => filled(format, one.metric)) : names(series, legend);
    return series.map((one, index) => {
      const values = new Array<number | null>(times.length).fill(null);
      for (const [at, text] of one.values ?? []) {
        const spot = place.get(at);
        const value = Number(text);
        if (spot !== undefined && Number.isFinite(value)) values[spot] = value;
      }
      return { label: [name, labels[index]].filter(Boolean).join(' '), values };
    });
  });
  return { times, lines };
}

/** The newest value of each line. */
export function latest(columns: Columns): { label: string; value: number | null }[] {
  return columns.lines.map(({ label, values }) => {
    for (let index = values.length - 1; index >= 0; index -= 1) {
      const value = values[index];
      if (value !== null && value !== undefined) return { label, value };
    }
    return { label, value: null };
  });
}

/** Every line on top of those before it. A gap adds nothing and stays a gap. */
export function stackedOf(columns: Columns): Columns {
  const sums = new Array<number>(columns.times.length).fill(0);
  const lines = columns.lines.map(({ label, values }) => ({
    label,
    values: values.map((value, at) => {
      if (value === null) return null;
      sums[at] = (sums[at] ?? 0) + value;
      return sums[at];
    }),
  }));
  return { times: columns.times, lines };
}
