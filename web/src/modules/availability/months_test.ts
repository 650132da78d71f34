// Months as text.
import { expect, test } from 'vitest';
import { monthAfter, monthOf, readMonth } from './months';

test('months follow each other across years', () => {
  expect(monthAfter('2026-11', 1)).toBe('2026-12');
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
  expect(monthAfter('2026-11', -23)).toBe('2024-12');
});

test('only a month is read as one', () => {
  expect(readMonth('2026-11')).toBe('2026-11');
  for (const text of ['2026-13', '2026-00', '2026-1', 'now', '', null]) expect(readMonth(text)).toBeNull();
});

test('an instant belongs to the month of the organisation’s zone', () => {
  const late = Date.UTC(2026, 10, 30, 17);
  expect(monthOf(late, 'Asia/Shanghai')).toBe('2026-12');
  expect(monthOf(late, 'UTC')).toBe('2026-11');
});
