// Times, durations and figures as written.
import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { formatDuration, formatInstant, formatRelative, formatValue, parseInstant } from './format';

const t = ((key: string, gaps: Record<string, unknown> = {}) =>
  `${key.replace('kit.', '')}${Object.values(gaps).join('')}`) as unknown as TFunction;
const minute = 60_000;

test('a duration names its two largest units', () => {
  expect(formatDuration(t, 135 * minute)).toBe('hours2 minutes15');
  expect(formatDuration(t, 49 * 60 * minute)).toBe('days2 hours1');
  expect(formatDuration(t, -35 * minute)).toBe('minutes35');
  expect(formatDuration(t, 4000)).toBe('seconds4');
});

test('a moment beyond a month is told as its day', () => {
  const now = Date.UTC(2026, 10, 23);
  expect(formatRelative(t, now - 5 * minute, now)).toBe('agominutes5');
  expect(formatRelative(t, now + 5 * minute, now)).toBe('aheadminutes5');
  expect(formatRelative(t, now - 40 * 24 * 60 * minute, now)).toMatch(/^2026-10-1\d$/);
});

test('bytes grow in powers of 1024, others in powers of 1000', () => {
  expect(formatValue(2048, 'bytes')).toBe('2 KB');
  expect(formatValue(1_500_000, 'bytes/s')).toBe('1.43 MB/s');
  expect(formatValue(1500)).toBe('1.50 K');
  expect(formatValue(93.24, 'percent')).toBe('93.2%');
  expect(formatValue(null, 'percent')).toBe('–');
});

test('a typed moment is read as local time and written back the same', () => {
  const read = parseInstant('2026-11-23 14:05');
  expect(read && formatInstant(read)).toBe('2026-11-23 14:05');
});

test('a moment that does not exist is not read', () => {
  expect(parseInstant('2026-02-30 10:00')).toBeNull();
  expect(parseInstant('2026-11-23 24:30')).toBeNull();
  expect(parseInstant('tomorrow')).toBeNull();
});
