// What is asked of the server while a window is written.
import { expect, test } from 'vitest';
import { planOf } from './plan';

test('a plan leaves out what nobody wrote, and blanks around what they did', () => {
  const fields: Record<string, unknown> = {
    starts_at: '2026-10-01T14:00:00Z',
    ends_at: '2026-10-01T18:00:00Z',
    recurrence: ' FREQ=DAILY ',
    days: null,
  };
  expect(planOf((name) => fields[name])).toEqual({
    starts_at: '2026-10-01T14:00:00Z',
    ends_at: '2026-10-01T18:00:00Z',
    recurrence: 'FREQ=DAILY',
  });
  expect(planOf((name) => (name === 'days' ? 'working' : null))).toEqual({
    starts_at: '',
    ends_at: '',
    days: 'working',
  });
});
