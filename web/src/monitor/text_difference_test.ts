// Differences of texts.
import { expect, test } from 'vitest';
import { textDifference } from './text_difference';

const short = (before: string, after: string) =>
  textDifference(before, after).map(
    ({ kind, text }) => ({ same: ' ', removed: '-', added: '+' })[kind] + text,
  );

test('a changed line is one that went and one that came', () => {
  expect(short('a\nb\nc\n', 'a\nx\nc\n')).toEqual([' a', '-b', '+x', ' c']);
});

test('lines at either end are told', () => {
  expect(short('a\n', 'z\na\nb\n')).toEqual(['+z', ' a', '+b']);
  expect(short('a\nb\n', 'b\n')).toEqual(['-a', ' b']);
});

test('equal texts have nothing but the same', () => {
  expect(short('a\nb\n', 'a\nb')).toEqual([' a', ' b']);
});
