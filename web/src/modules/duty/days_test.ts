// What falls on the days of a month.
import { expect, test } from 'vitest';
import type { DutyOccurrence } from '@/api/types';
import { byDay, whenOf } from './days';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
const duty = (id: string, due_at: string) => ({ id, due_at }) as DutyOccurrence;

test('occurrences lie on their day in the order of their hours', () => {
  const days = byDay([duty('late', at(25, 16)), duty('early', at(25, 8)), duty('next', at(26, 8))]);
  expect(days.get('2026-11-25')?.map((one) => one.id)).toEqual(['early', 'late']);
  expect(days.get('2026-11-26')?.map((one) => one.id)).toEqual(['next']);
});

test('what is due is open now; the rest is later today or on another day', () => {
  const now = new Date(2026, 10, 25, 12).getTime();
  expect(whenOf(duty('a', at(25, 12)), now)).toBe('now');
  expect(whenOf(duty('b', at(25, 13)), now)).toBe('today');
  expect(whenOf(duty('c', at(26, 1)), now)).toBe('later');
});
