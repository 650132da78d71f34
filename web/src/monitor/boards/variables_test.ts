// Variables put into queries and titles.
import { expect, test } from 'vitest';
import type { BoardVariable } from '@/api/boards';
import { all, chosenOf, filledQuery, filledText } from './variables';

const variable = (more: Partial<BoardVariable>): BoardVariable => ({
  name: 'instance',
  label: '',
  kind: 'label',
  selector: '',
  label_name: 'instance',
  many: false,
  values: [],
  chosen: [],
  ...more,
});
const spans = { range_s: 3600, step_s: 15 };

test('a chosen value stands wherever the variable is named, in all three ways of naming it', () => {
  const text = 'a{i="$instance"} + b{i="${instance}"} + c{i="[[instance]]"}';
  expect(filledQuery(text, [variable({})], { instance: ['h:1'] }, spans)).toBe(
    'a{i="h:1"} + b{i="h:1"} + c{i="h:1"}',
  );
});

test('several values become one alternative, their own signs meaning nothing', () => {
  const chosen = { instance: ['10.0.0.1:9100', 'b"c'] };
  expect(filledQuery('a{i=~"$instance"}', [variable({ many: true })], chosen, spans)).toBe(
    'a{i=~"(10\\\\.0\\\\.0\\\\.1:9100|b\\"c)"}',
  );
  expect(filledQuery('a{i=~"$instance"}', [variable({ many: true })], { instance: [all] }, spans)).toBe(
    'a{i=~".*"}',
  );
});

test('the spans of the chart stand for Grafana’s intervals, and unknown names stay', () => {
  expect(filledQuery('rate(a[$__rate_interval]) $other', [], {}, spans)).toBe('rate(a[60s]) $other');
  expect(filledQuery('rate(a[$__rate_interval])', [], {}, { range_s: 1, step_s: 300 })).toBe('rate(a[315s])');
});

test('a title reads the values plainly', () => {
  expect(filledText('CPU of $instance', { instance: ['a', 'b'] }, 'all')).toBe('CPU of a, b');
  expect(filledText('CPU of $instance', { instance: [all] }, 'all')).toBe('CPU of all');
});

test('the address wins over the board, and a value that is gone gives way to the first there is', () => {
  expect(chosenOf(variable({ chosen: ['x'] }), ['y'], ['x', 'y'])).toEqual(['y']);
  expect(chosenOf(variable({ chosen: ['gone'] }), [], ['x', 'y'])).toEqual(['x']);
  expect(chosenOf(variable({ many: true }), [], ['x'])).toEqual([all]);
});
