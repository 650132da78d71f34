// Days of a calendar month and what falls on them; days are those of the reader's clock.
import type { DutyOccurrence } from '@/api/types';
import { formatDay } from '@/kit/format';

/** The weeks that hold a month, from Monday, as days ("2026-11-02"). */
export function weeksOf(year: number, month: number): string[][] {
  const first = new Date(year, month - 1, 1);
  const offset = (first.getDay() + 6) % 7;
  const days = new Date(year, month, 0).getDate();
  const weeks = Math.ceil((offset + days) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => formatDay(new Date(year, month - 1, 1 - offset + week * 7 + day))),
  );
}

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
