// The side of a condition that is worth drawing.
import { expect, test } from 'vitest';
import { compared } from './compared';

test('a comparison with a number is its side and the threshold', () => {
  expect(compared('100 * used / size > 90')).toEqual({ expr: '100 * used / size', threshold: 90 });
  expect(compared('-5 < min(x)')).toEqual({ expr: 'min(x)', threshold: -5 });
});

test('a comparison of two series draws the first', () => {
  expect(compared('a > b')).toEqual({ expr: 'a', threshold: null });
});

test('what compares nothing is drawn as it is', () => {
  expect(compared('rate(x[5m])')).toEqual({ expr: 'rate(x[5m])', threshold: null });
  expect(compared('a > bool 3')).toEqual({ expr: 'a > bool 3', threshold: null });
  expect(compared('a > 3 and b')).toEqual({ expr: 'a > 3 and b', threshold: null });
});
