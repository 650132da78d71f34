// Panels added, moved, resized, copied and taken away.
import { expect, test } from 'vitest';
import type { BoardContent } from '@/api/boards';
import {
  addPanel,
  addRow,
  copyPanel,
  dropPanel,
  emptyBoard,
  movePanel,
  newPanel,
  removeRow,
  resizePanel,
} from './edit';

function boardOf(...rows: string[][]): BoardContent {
  const board = emptyBoard('x');
  return {
    ...board,
    rows: rows.map((ids) => ({
      title: '',
      folded: false,
      panels: ids.map((id) => ({ ...newPanel(board, 'chart'), id })),
    })),
  };
}
const places = (board: BoardContent) =>
  board.rows.map((row) => row.panels.map((panel) => panel.id).join(' '));

test('the first panel makes the first row', () => {
  const board = emptyBoard('x');
  expect(places(addPanel(board, newPanel(board, 'figure')))).toEqual(['panel-1']);
});

test('a panel moves within its row, and over its end into the next', () => {
  const board = boardOf(['a', 'b'], ['c']);
  expect(places(movePanel(board, 'a', 1))).toEqual(['b a', 'c']);
  expect(places(movePanel(board, 'b', 1))).toEqual(['a', 'b c']);
  expect(places(movePanel(board, 'c', -1))).toEqual(['a b c', '']);
  expect(places(movePanel(board, 'c', 1))).toEqual(['a b', 'c']);
});

test('a panel is dropped before another, or at the end of a row', () => {
  const board = boardOf(['a', 'b'], ['c']);
  expect(places(dropPanel(board, 'c', 0, 'b'))).toEqual(['a c b', '']);
  expect(places(dropPanel(board, 'a', 1))).toEqual(['b', 'c a']);
  expect(dropPanel(board, 'a', 0, 'a')).toBe(board);
});

test('a panel keeps within the board when it grows', () => {
  const grown = resizePanel(boardOf(['a']), 'a', 99, -99).rows[0]?.panels[0];
  expect([grown?.span, grown?.height]).toEqual([12, 1]);
});

test('a copy stands beside its panel under a name of its own', () => {
  expect(places(copyPanel(boardOf(['panel-2']), 'panel-2'))).toEqual(['panel-2 panel-3']);
});

test('no panel is lost with its row', () => {
  expect(places(removeRow(boardOf(['a'], ['b']), 1))).toEqual(['a b']);
  expect(places(removeRow(boardOf(['a'], ['b']), 0))).toEqual(['a b']);
  expect(places(removeRow(boardOf(['a']), 0))).toEqual(['a']);
  expect(places(removeRow(addRow(boardOf(['a']), 'y'), 1))).toEqual(['a']);
});
