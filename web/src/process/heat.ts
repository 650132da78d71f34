// How warm a step is: its share of all the time that people's steps took.
import type { StepActivity } from '@/api/process_types';

const warm_share = 0.25;
const hot_share = 0.5;

export interface Heat {
  warm: string[];
  hot: string[];
}

export function heatOf(steps: StepActivity[]): Heat {
  const spent = (step: StepActivity) => step.average_ms * step.done;
  const all = steps.reduce((sum, step) => sum + spent(step), 0);
  const from = (least: number, below: number) =>
    steps
      .filter((step) => all > 0 && spent(step) / all >= least && spent(step) / all < below)
      .map((step) => step.element);
  return { warm: from(warm_share, hot_share), hot: from(hot_share, Infinity) };
}
