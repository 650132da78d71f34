// Run with: node --test demo/
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { history } from './history.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(`data/${name}.json`, import.meta.url), 'utf8'));
const { people } = read('organisation');
const systems = read('systems');
const world = {
  people,
  systems,
  places: read('places'),
  templates: [...read('faults/clinical'), ...read('faults/infrastructure')],
  ids: {
    people: Object.fromEntries(people.map((each) => [each.account, each.account])),
    systems: Object.fromEntries(systems.map((each) => [each.key, each.key])),
  },
};
const now = Date.UTC(2026, 10, 23, 4);
const made = history(world, { count: 180, seed: 7, now });

test('the same seed and day tell the same history', () => {
  assert.deepEqual(made, history(world, { count: 180, seed: 7, now }));
});

test('every fault is complete, in the past, and leaves no gap in its texts', () => {
  for (const each of made) {
    for (const field of ['title', 'diagnosis', 'solution', 'cause', 'handling', 'result', 'improvement', 'system', 'assignee'])
      assert.ok(each[field], `${field} of ${each.title}`);
    assert.ok(each.started_at < each.created_at && each.created_at < each.closed_at);
    assert.ok(Date.parse(each.closed_at) < now);
    assert.doesNotMatch(JSON.stringify(Object.values(each).map(String)), /\{\w+\}|undefined/);
  }
});

test('who reports a fault does not repair it', () => {
  for (const each of made) assert.notEqual(each.reporter, each.assignee);
});

test('the oldest fault comes first, and most fall on working days', () => {
  const days = made.map((each) => each.created_at);
  assert.deepEqual(days, [...days].sort());
  const weekend = made.filter((each) => [0, 6].includes(new Date(Date.parse(each.created_at) + 8 * 3_600_000).getUTCDay()));
  assert.ok(weekend.length < made.length / 5);
});
