// How the figures of availability read, are counted, found and ordered. Pure functions of their arguments.
import type { Availability } from '@/api/availability';
import type { Shape, Tone } from '@/kit/marks';

/**
 * A percent with two decimals, three where the third says something. Cut, never rounded up: what is not all of
 * the time must not read as 100 %.
 */
export function formatAvailability(percent: number): string {
  // Figures such as 99.95 lie a hair below themselves once multiplied.
  const cut = Math.floor(percent * 1000 + 1e-6) / 1000;
  const shown = percent < 100 ? Math.min(cut, 99.999) : cut;
  return `${shown.toFixed(3).replace(/0$/, '')}%`;
}

export type BudgetState = 'none' | 'within' | 'near' | 'spent' | 'over';

/** A fifth or less of the budget is left. */
const near = 0.8;

export function budgetState(used: number | null): BudgetState {
  if (used === null) return 'none';
  if (used > 1) return 'over';
  if (used === 1) return 'spent';
  return used >= near ? 'near' : 'within';
}

/** The used part in whole percents: 100 only when it is exactly used up, and more only beyond it. */
export function formatBudget(used: number): string {
  if (used > 0 && used < 0.01) return '<1%';
  const percent = used * 100;
  return `${used > 1 ? Math.ceil(percent - 1e-6) : Math.floor(percent + 1e-6)}%`.replace(
    /^100%$/,
    used > 1 ? '101%' : used < 1 ? '99%' : '100%',
  );
}

export type State = 'missed' | 'met' | 'unknown';
export const states: State[] = ['missed', 'met', 'unknown'];

export function stateOf(item: { met: boolean | null }): State {
  return item.met === null ? 'unknown' : item.met ? 'met' : 'missed';
}

export const stateLooks: Record<State, [Tone, Shape]> = {
  missed: ['red', 'cross'],
  met: ['green', 'tick'],
  unknown: ['faint', 'hollow'],
};

/** Why nothing is known of a system's month. */
export function whyUnknown(item: Availability): 'unmeasured' | 'maintenance' | 'no_service' {
  if (item.unmeasured_ms > 0 || item.service_ms > 0) return 'unmeasured';
  return item.maintenance_ms > 0 ? 'maintenance' : 'no_service';
}

export function countStates(items: Availability[]): Record<State, number> {
  const made = { missed: 0, met: 0, unknown: 0 };
  for (const item of items) made[stateOf(item)] += 1;
  return made;
}

export interface Wanted {
  text: string;
  criticality: string | null;
  state: string | null;
  /** A column, with "-" before it from large to small; null is the server's order. */
  sort: string | null;
}

const ranks = { core: 3, important: 2, general: 1 };

const orders: Record<string, (item: Availability) => string | number | null> = {
  name: (item) => item.name,
  criticality: (item) => ranks[item.criticality] ?? 0,
  objective: (item) => item.objective,
  availability: (item) => item.availability,
  budget: (item) => item.budget_used,
  downtime: (item) => (item.availability === null ? null : item.downtime_ms),
  outages: (item) => item.outages,
  state: (item) => states.indexOf(stateOf(item)),
};

/** The systems asked for, in the order asked for; those without a figure stand last either way. */
export function chosen(items: Availability[], wanted: Wanted): Availability[] {
  const text = wanted.text.trim().toLowerCase();
  const kept = items.filter(
    (item) =>
      `${item.number} ${item.name}`.toLowerCase().includes(text) &&
      (!wanted.criticality || item.criticality === wanted.criticality) &&
      (!wanted.state || stateOf(item) === wanted.state),
  );
  const order = orders[wanted.sort?.replace('-', '') ?? ''];
  if (!order) return kept;
  const direction = wanted.sort?.startsWith('-') ? -1 : 1;
  return kept.sort((a, b) => {
    const [left, right] = [order(a), order(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const apart = typeof left === 'string' ? left.localeCompare(String(right), 'zh') : left - Number(right);
    return apart * direction;
  });
}
