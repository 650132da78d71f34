// Answers of the query API as columns of a chart.
import { expect, test } from 'vitest';
import type { QueryResult } from '@/api/types';
import { columnsOf, latest } from './series';

const matrix = (...series: [Record<string, string>, [number, string][]][]): QueryResult => ({
  resultType: 'matrix',
  result: series.map(([metric, values]) => ({ metric, values })),
});

test('a moment without a sample stays a gap', () => {
  const answer = matrix([
    { instance: 'a' },
    [
      [0, '1'],
      [15, '2'],
      [45, '4'],
    ],
  ]);
  const columns = columnsOf([{ answer }]);
  expect(columns.times).toEqual([0, 15, 30, 45]);
  expect(columns.lines[0]?.values).toEqual([1, 2, null, 4]);
});

test('only the labels that differ name a line', () => {
  const at: [number, string][] = [[0, '1']];
  const columns = columnsOf([
    { answer: matrix([{ job: 'n', mountpoint: '/' }, at], [{ job: 'n', mountpoint: '/data' }, at]) },
  ]);
  expect(columns.lines.map((line) => line.label)).toEqual(['/', '/data']);
});

test('several expressions share one row of moments, each under its name', () => {
  const columns = columnsOf([
    { name: '接收', answer: matrix([{ instance: 'a' }, [[0, '1']]]) },
    { name: '发送', answer: matrix([{ instance: 'a' }, [[15, '2']]]) },
  ]);
  expect(columns.times).toEqual([0, 15]);
  expect(columns.lines).toEqual([
    { label: '接收', values: [1, null] },
    { label: '发送', values: [null, 2] },
  ]);
});

test('infinite and unreadable values are gaps, the newest real value is the latest', () => {
  const answer = matrix([
    {},
    [
      [0, '7'],
      [15, '+Inf'],
      [30, 'NaN'],
    ],
  ]);
  const columns = columnsOf([{ answer }]);
  expect(columns.lines[0]?.values).toEqual([7, null, null]);
  expect(latest(columns)[0]?.value).toBe(7);
});

test('an empty answer has no lines', () => {
  expect(columnsOf([{ answer: { resultType: 'matrix', result: [] } }])).toEqual({ times: [], lines: [] });
});
