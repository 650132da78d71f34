// Selectors made by choosing.
import { expect, test } from 'vitest';
import { labelsOf, selectorOf } from './selector';

test('a metric alone is its own selector', () => {
  expect(selectorOf('up', {})).toBe('up');
  expect(selectorOf('up', { job: [] })).toBe('up');
});

test('one value is compared, several are a pattern with its signs taken literally', () => {
  expect(selectorOf('up', { job: ['node'] })).toBe('up{job="node"}');
  expect(selectorOf('up', { instance: ['10.0.0.1:9100', 'b'] })).toBe(
    'up{instance=~"10\\\\.0\\\\.0\\\\.1:9100|b"}',
  );
});

test('quotes and line ends in a value are escaped', () => {
  expect(selectorOf('up', { path: ['C:\\"x"\n'] })).toBe('up{path="C:\\\\\\"x\\"\\n"}');
});

test('names outside the old alphabet are quoted', () => {
  expect(selectorOf('http.requests', { 'service.name': ['a'] })).toBe(
    '{"http.requests", "service.name"="a"}',
  );
});

test('labels come with their values and how many series carry them', () => {
  const series = [
    { __name__: 'x', mode: 'idle', cpu: '0' },
    { __name__: 'x', mode: 'user', cpu: '0' },
    { __name__: 'x', mode: 'idle', cpu: '1' },
  ];
  expect(labelsOf(series)).toEqual([
    {
      name: 'cpu',
      values: [
        ['0', 2],
        ['1', 1],
      ],
    },
    {
      name: 'mode',
      values: [
        ['idle', 2],
        ['user', 1],
      ],
    },
  ]);
});
