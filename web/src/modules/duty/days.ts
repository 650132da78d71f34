// What falls on a day; days are those of the reader's clock.
import type { DutyOccurrence } from '@/api/types';
import { formatDay } from '@/kit/format';

export function byDay(items: DutyOccurrence[]): Map<string, DutyOccurrence[]> {
  const days = new Map<string, DutyOccurrence[]>();
  for (const item of [...items].sort((a, b) => (a.due_at < b.due_at ? -1 : 1))) {
    const day = formatDay(item.due_at);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return days;
}

export type When = 'now' | 'today' | 'later';

/** Open now, later today, or on another day. */
export function whenOf(item: DutyOccurrence, now: number): When {
  if (Date.parse(item.due_at) <= now) return 'now';
  return formatDay(item.due_at) === formatDay(now) ? 'today' : 'later';
}
