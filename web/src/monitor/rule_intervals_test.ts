// Stretches of firing out of what a rule would have told.
import { expect, test } from 'vitest';
import type { RuleChange } from '@/api/rules';
import { intervalsOf } from './rule_intervals';

const change = (state: RuleChange['state'], minute: number, more: Partial<RuleChange> = {}): RuleChange => ({
  state,
  labels: { alertname: 'A', severity: more.severity ?? 'minor' },
  severity: 'minor',
  activeAt: '2026-11-25T00:00:00Z',
  value: '1',
  ...(state === 'pending' ? {} : { firedAt: '2026-11-25T00:01:00Z' }),
  ...(state === 'resolved' ? { resolvedAt: `2026-11-25T00:0${minute}:00Z` } : {}),
  ...more,
});
const start = Date.UTC(2026, 10, 25) / 1000;

test('an alert is one stretch, whatever its severities were', () => {
  const found = intervalsOf([
    change('pending', 0),
    change('firing', 1),
    change('firing', 2, { severity: 'major' }),
    change('resolved', 5, { severity: 'major' }),
  ]);
  expect(found).toEqual([
    { labels: { alertname: 'A' }, severity: 'major', from: start + 60, to: start + 300 },
  ]);
});

test('what never fired is no stretch, and what still fires has no end', () => {
  expect(intervalsOf([change('pending', 0), { ...change('inactive', 1), firedAt: undefined }])).toEqual([]);
  expect(intervalsOf([change('firing', 1)])[0]?.to).toBeNull();
});
