// The heat of a process.
import { expect, test } from 'vitest';
import { heatOf } from './heat';

const step = (element: string, done: number, average_ms: number) => ({
  element,
  open: 0,
  done,
  average_ms,
  longest_ms: average_ms,
});

test('heat goes by the share of all the time that a step took, not by the length of one task', () => {
  const heat = heatOf([step('assess', 100, 60), step('repair', 1, 3000), step('close', 10, 10)]);
  expect(heat).toEqual({ warm: ['repair'], hot: ['assess'] });
});

test('nothing is warm when nothing was done', () => {
  expect(heatOf([step('assess', 0, 0)])).toEqual({ warm: [], hot: [] });
});
