// Months as weeks.
import { expect, test } from 'vitest';
import { monthAfter, weeksOf } from './month';

test('a month is whole weeks from Monday', () => {
  const weeks = weeksOf(2026, 11);
  expect(weeks[0]?.[0]).toBe('2026-10-26');
  expect(weeks[0]?.[6]).toBe('2026-11-01');
  expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06');
  expect(weeks.every((week) => week.length === 7)).toBe(true);
});

test('a month that begins on Monday has no week before it', () => {
  expect(weeksOf(2026, 6)[0]?.[0]).toBe('2026-06-01');
  expect(weeksOf(2027, 2)).toHaveLength(4);
});

test('months are counted over the turn of a year', () => {
  const november = new Date(2026, 10, 30, 12).getTime();
  expect(monthAfter(november, 0)).toEqual({ year: 2026, month: 11 });
  expect(monthAfter(november, 3)).toEqual({ year: 2027, month: 2 });
  expect(monthAfter(november, -11)).toEqual({ year: 2025, month: 12 });
});
