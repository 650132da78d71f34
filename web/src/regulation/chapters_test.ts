// The catalogue in order and cut down.
import { expect, test } from 'vitest';
import type { ClauseSummary } from '@/api/types';
import { chaptersOf, counts } from './chapters';

const line = (id: string, kind: ClauseSummary['kind'], state: ClauseSummary['state']): ClauseSummary => ({
  id,
  kind,
  chapter: id.split('.')[0] ?? '',
  title: `title of ${id}`,
  state,
  controls: 0,
  checked_at: null,
});

const all = [
  line('3.4.10', 'clause', 'held'),
  line('3.4.9', 'clause', 'violated'),
  line('3', 'chapter', null),
  line('3.4', 'section', null),
  line('3.5', 'section', null),
  line('4', 'chapter', null),
  line('4.1', 'clause', 'no_control'),
];

test('clauses stand in the order of their numbers under their sections', () => {
  const [first] = chaptersOf(all, null, '');
  expect(first?.title).toBe('title of 3');
  expect(first?.items.map((item) => item.id)).toEqual(['3.4', '3.4.9', '3.4.10']);
});

test('a section without a clause that fits is left out, and so is a chapter', () => {
  const parts = chaptersOf(all, 'violated', '');
  expect(parts.map((part) => part.id)).toEqual(['3']);
  expect(parts[0]?.items.map((item) => item.id)).toEqual(['3.4', '3.4.9']);
});

test('only clauses are counted', () => {
  expect(counts(all)).toEqual({ held: 1, violated: 1, stale: 0, no_control: 1 });
});
