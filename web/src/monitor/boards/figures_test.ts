// Figures, their states, and runs of states.
import { expect, test } from 'vitest';
import { emptyBoard, newPanel } from './edit';
import { filledPart, reduced, runsOf, toneOf } from './figures';

const panel = {
  ...newPanel(emptyBoard('x'), 'states'),
  base: 'green' as const,
  thresholds: [
    { from: 80, tone: 'orange' as const },
    { from: 90, tone: 'red' as const },
  ],
};

test('a figure has the state of the last threshold it has reached', () => {
  expect([10, 80, 95, null].map((value) => toneOf(panel, value))).toEqual([
    'green',
    'orange',
    'red',
    'neutral',
  ]);
});

test('a series becomes one figure in the way the panel says', () => {
  expect(
    ['last', 'mean', 'minimum', 'maximum', 'sum'].map((how) => reduced([1, 2, 6], how as 'last')),
  ).toEqual([6, 3, 1, 6, 9]);
  expect(reduced([], 'mean')).toBeNull();
});

test('a gauge of a percentage ends at a hundred, another at its greatest figure', () => {
  expect(filledPart({ ...panel, unit: 'percent' }, 50, [50])).toBe(0.5);
  expect(filledPart(panel, 50, [50, 200])).toBe(0.25);
  expect(filledPart({ ...panel, minimum: 40, maximum: 60 }, 50, [50])).toBe(0.5);
});

test('a state lasts until another one, and a gap ends it', () => {
  const series = {
    metric: {},
    values: [
      [0, '1'],
      [10, '2'],
      [20, '85'],
      [60, '86'],
    ] as [number, string][],
  };
  expect(runsOf(panel, series, 10).map(({ from, to, tone }) => [from, to, tone])).toEqual([
    [0, 10, 'green'],
    [20, 20, 'orange'],
    [60, 60, 'orange'],
  ]);
});
