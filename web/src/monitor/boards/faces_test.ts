// A board cut into faces for a wall.
import { expect, test } from 'vitest';
import { emptyBoard, newPanel } from './edit';
import { facesOf } from './faces';

const board = emptyBoard('x');
const panel = (id: string, span: number, height: number) => ({
  ...newPanel(board, 'chart'),
  id,
  span,
  height,
});
const row = (title: string, ...panels: ReturnType<typeof panel>[]) => ({ title, folded: false, panels });
const ids = (rows: ReturnType<typeof row>[], most: number) =>
  facesOf({ ...board, rows }, most).map(
    (face) => `${face.height}: ${face.panels.map((one) => one.id).join(' ')}`,
  );

test('lines of panels share a face until it is full', () => {
  const one = row('', panel('a', 6, 6), panel('b', 6, 4), panel('c', 12, 6), panel('d', 12, 6));
  expect(ids([one], 12)).toEqual(['12: a b c', '6: d']);
});

test('a row with a title of its own begins a face', () => {
  expect(ids([row('A', panel('a', 12, 4)), row('B', panel('b', 12, 4))], 12)).toEqual(['4: a', '4: b']);
});

test('what is taller than a face has one to itself, and folded rows have none', () => {
  const folded = { ...row('F', panel('f', 12, 4)), folded: true };
  expect(ids([row('', panel('a', 12, 20), panel('b', 12, 2)), folded], 12)).toEqual(['20: a', '2: b']);
});
