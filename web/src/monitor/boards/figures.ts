// One figure out of a series, its state by the thresholds, and runs of states along a time axis.
import type { BoardPanel, PanelTone, QueryResult, Reduce, Series } from './panel_types';

export function numbersOf(series: Series): number[] {
  const points = series.values ?? (series.value ? [series.value] : []);
  return points.map(([, text]) => Number(text)).filter(Number.isFinite);
}

export function reduced(numbers: number[], how: Reduce): number | null {
  if (numbers.length === 0) return null;
  const sum = () => numbers.reduce((a, b) => a + b, 0);
  switch (how) {
    case 'mean':
      return sum() / numbers.length;
    case 'sum':
      return sum();
    case 'minimum':
      return Math.min(...numbers);
    case 'maximum':
      return Math.max(...numbers);
    default:
      return numbers[numbers.length - 1] ?? null;
  }
}

/** The state of a figure: of the last threshold it has reached. */
export function toneOf(panel: Pick<BoardPanel, 'base' | 'thresholds'>, value: number | null): PanelTone {
  if (value === null) return 'neutral';
  let tone = panel.base;
  for (const threshold of panel.thresholds) if (value >= threshold.from) tone = threshold.tone;
  return tone;
}

/** How much of a gauge is filled, from 0 to 1. Without limits of its own it is read from the figures. */
export function filledPart(panel: BoardPanel, value: number, all: number[]): number {
  const least = panel.minimum ?? Math.min(0, ...all);
  const usual = panel.unit === 'percent' ? 100 : panel.unit === 'ratio' ? 1 : Math.max(...all, 0);
  const most = panel.maximum ?? usual;
  if (most <= least) return value > least ? 1 : 0;
  return Math.min(1, Math.max(0, (value - least) / (most - least)));
}

export interface Run {
  from: number;
  to: number;
  value: number;
  tone: PanelTone;
}

/** Neighbouring samples of one state together; a sample that is missing ends its run. */
export function runsOf(panel: BoardPanel, series: Series, step_s: number): Run[] {
  const runs: Run[] = [];
  for (const [at, text] of series.values ?? []) {
    const value = Number(text);
    if (!Number.isFinite(value)) continue;
    const last = runs[runs.length - 1];
    const tone = toneOf(panel, value);
    const same = panel.thresholds.length > 0 ? last?.tone === tone : last?.value === value;
    if (last && same && at - last.to <= step_s) last.to = at;
    else runs.push({ from: at, to: at, value, tone });
  }
  return runs;
}

export const seriesOf = (answer: QueryResult | undefined): Series[] =>
  answer === undefined || answer.resultType === 'string'
    ? []
    : answer.resultType === 'scalar'
      ? [{ metric: {}, value: answer.result as unknown as [number, string] }]
      : (answer.result as Series[]);
