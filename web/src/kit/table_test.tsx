// The keyboard walk and sorting of a table.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Table, type Column } from './table';
import { startWords } from './words';

interface Row {
  id: string;
  title: string;
}

const rows: Row[] = ['甲', '乙', '丙'].map((title, at) => ({ id: String(at), title }));
const columns: Column<Row>[] = [{ key: 'title', title: '标题', sort: 'title', render: (row) => row.title }];

function show(more: Partial<Parameters<typeof Table<Row>>[0]> = {}) {
  render(<Table name="t" label="表" columns={columns} rows={rows} rowKey={(row) => row.id} {...more} />);
}

beforeEach(() => startWords());
afterEach(cleanup);

test('j and k walk the rows, Enter opens, Ctrl-Enter opens fully', () => {
  const [onOpen, onOpenFull] = [vi.fn(), vi.fn()];
  show({ onOpen, onOpenFull });
  for (const key of ['j', 'j', 'j', 'k', 'Enter']) fireEvent.keyDown(window, { key });
  expect(onOpen).toHaveBeenCalledWith(rows[1]);
  fireEvent.keyDown(window, { key: 'Enter', ctrlKey: true });
  expect(onOpenFull).toHaveBeenCalledWith(rows[1]);
});

test('keys stay with somebody who is typing', () => {
  const onOpen = vi.fn();
  render(<input aria-label="词" />);
  show({ onOpen });
  fireEvent.keyDown(screen.getByLabelText('词'), { key: 'j' });
  fireEvent.keyDown(screen.getByLabelText('词'), { key: 'Enter' });
  expect(onOpen).not.toHaveBeenCalled();
});

test('with a row open, walking opens the next', () => {
  const onOpen = vi.fn();
  show({ onOpen, open: '0' });
  fireEvent.keyDown(window, { key: 'j' });
  expect(onOpen).toHaveBeenCalledWith(rows[1]);
});

test('a head sorts down first, then up', () => {
  const onSort = vi.fn();
  show({ onSort, sort: '-title' });
  fireEvent.click(screen.getByRole('button', { name: /标题/ }));
  expect(onSort).toHaveBeenCalledWith('title');
  expect(screen.getByRole('columnheader').getAttribute('aria-sort')).toBe('descending');
});
