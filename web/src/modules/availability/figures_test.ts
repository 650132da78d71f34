// How the figures of availability read.
import { expect, test } from 'vitest';
import type { Availability } from '@/api/availability';
import { budgetState, chosen, countStates, formatAvailability, formatBudget, whyUnknown } from './figures';

const item = (change: Partial<Availability>): Availability => ({
  system: '1',
  number: 'SYS-0001',
  name: 'HIS',
  criticality: 'core',
  calendar: 'always',
  objective: 99.9,
  availability: 99.95,
  met: true,
  service_ms: 1000,
  downtime_ms: 0,
  budget_ms: 1,
  budget_used: 0,
  unmeasured_ms: 0,
  maintenance_ms: 0,
  outages: 0,
  source: 'probe',
  ...change,
});

test('what is not all of the time never reads as 100 %', () => {
  expect(formatAvailability(99.999)).toBe('99.999%');
  expect(formatAvailability(99.99999)).toBe('99.999%');
  expect(formatAvailability(99.9999999999)).toBe('99.999%');
  expect(formatAvailability(100)).toBe('100.00%');
});

test('a percent has two decimals, three where the third says something, and is cut', () => {
  expect(formatAvailability(99.95)).toBe('99.95%');
  expect(formatAvailability(99.9)).toBe('99.90%');
  expect(formatAvailability(99.8999)).toBe('99.899%');
  expect(formatAvailability(0)).toBe('0.00%');
});

test('a budget is within, near its end, used up or exceeded', () => {
  expect([null, 0, 0.79, 0.8, 0.999, 1, 1.001].map(budgetState)).toEqual([
    'none',
    'within',
    'within',
    'near',
    'near',
    'spent',
    'over',
  ]);
});

test('the used budget reads 100 % only when it is exactly used up', () => {
  expect([0, 0.001, 0.42, 0.29, 0.9999, 1, 1.0000001, 1.1, 1.35].map(formatBudget)).toEqual([
    '0%',
    '<1%',
    '42%',
    '29%',
    '99%',
    '100%',
    '101%',
    '110%',
    '135%',
  ]);
  expect(formatBudget(0.999999999)).toBe('99%');
});

test('an unknown month says why', () => {
  expect(whyUnknown(item({ availability: null, unmeasured_ms: 5 }))).toBe('unmeasured');
  expect(whyUnknown(item({ availability: null, service_ms: 0, maintenance_ms: 5 }))).toBe('maintenance');
  expect(whyUnknown(item({ availability: null, service_ms: 0 }))).toBe('no_service');
});

const three = [
  item({ system: 'a', name: 'Pay', availability: 98, met: false, criticality: 'general' }),
  item({ system: 'b', name: 'EMR', number: 'SYS-0002', availability: 99.99 }),
  item({ system: 'c', name: 'OA', availability: null, met: null }),
];
const none = { text: '', criticality: null, state: null, sort: null };
const found = (change: Partial<typeof none> | Record<string, string>) =>
  chosen(three, { ...none, ...change })
    .map((one) => one.system)
    .join('');

test('states are counted', () => {
  expect(countStates(three)).toEqual({ missed: 1, met: 1, unknown: 1 });
});

test('systems are found by name or number, criticality and state', () => {
  expect(found({})).toBe('abc');
  expect(found({ text: ' emr ' })).toBe('b');
  expect(found({ text: 'sys-0002' })).toBe('b');
  expect(found({ criticality: 'general' })).toBe('a');
  expect(found({ state: 'unknown' })).toBe('c');
});

test('those without a figure stand last in either order, and the server’s list is left as it is', () => {
  expect(found({ sort: 'availability' })).toBe('abc');
  expect(found({ sort: '-availability' })).toBe('bac');
  expect(found({ sort: 'name' })).toBe('bca');
  expect(found({ sort: '-criticality' })).toBe('bca');
  expect(three.map((one) => one.system).join('')).toBe('abc');
});
