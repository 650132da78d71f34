// The silence that an alert proposes.
import { expect, test } from 'vitest';
import { matchersOf, silenceAddress } from './silencing';

const alert = { name: 'DiskFull', labels: { alertname: 'DiskFull', instance: 'db"1', mountpoint: '/' } };

test('a silence names the alert and where it is', () => {
  expect(matchersOf(alert)).toBe('{alertname="DiskFull",instance="db\\"1"}');
  expect(matchersOf({ name: 'Down', labels: {} })).toBe('{alertname="Down"}');
});

test('it is proposed for the next two hours', () => {
  const asked = new URL(silenceAddress(alert, Date.UTC(2026, 10, 25, 8)), 'http://x').searchParams;
  expect(asked.get('starts_at')).toBe('2026-11-25T08:00:00.000Z');
  expect(asked.get('ends_at')).toBe('2026-11-25T10:00:00.000Z');
});
