// The past of a trial and its clock.
import { expect, test } from 'vitest';
import { pastOf, timeTo } from './trial_past';

const answer = (...elements: (string | undefined)[]) => ({
  open: [],
  ended: false,
  variables: {},
  events: elements.map((element) => ({ kind: 'entered', element })),
  error: null,
});

test('a trial has been at every element that something happened at', () => {
  expect(pastOf([answer('start', undefined), answer('assess', 'start')])).toEqual(['start', 'assess']);
});

test('the clock moves on far enough for a timer to fire, and never backwards', () => {
  expect(timeTo('2026-11-25T08:00:00.500Z', '2026-11-25T08:15:00Z')).toBe('PT900S');
  expect(timeTo('2026-11-25T09:00:00Z', '2026-11-25T08:15:00Z')).toBe('PT0S');
});
