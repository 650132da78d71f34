// Changes to a board as pure functions: panels added, moved, resized, copied and taken away.
import type { BoardContent, BoardPanel, BoardRow, PanelKind } from '@/api/boards';

export const kinds: PanelKind[] = ['chart', 'figure', 'gauge', 'table', 'states', 'alerts', 'text'];
export const columns = 12;
export const height_most = 24;

export const emptyBoard = (title: string): BoardContent => ({
  title,
  description: '',
  range_s: 3600,
  refresh_s: 30,
  variables: [],
  rows: [],
});

const idsOf = (board: BoardContent) =>
  new Set(board.rows.flatMap((row) => row.panels.map((panel) => panel.id)));

function freeId(board: BoardContent): string {
  const taken = idsOf(board);
  let number = taken.size + 1;
  while (taken.has(`panel-${number}`)) number += 1;
  return `panel-${number}`;
}

const heights: Partial<Record<PanelKind, number>> = { figure: 3, gauge: 4, text: 3 };
const spans: Partial<Record<PanelKind, number>> = { figure: 3, gauge: 4, alerts: 12 };

export function newPanel(board: BoardContent, kind: PanelKind): BoardPanel {
  return {
    id: freeId(board),
    kind,
    title: '',
    span: spans[kind] ?? 6,
    height: heights[kind] ?? 6,
    unit: '',
    decimals: null,
    reduce: 'last',
    stacked: false,
    legend: true,
    minimum: null,
    maximum: null,
    base: 'neutral',
    thresholds: [],
    queries: kind === 'text' || kind === 'alerts' ? [] : [{ expr: '', legend: '' }],
    filter: '',
    text: '',
  };
}

const withRows = (board: BoardContent, rows: BoardRow[]): BoardContent => ({ ...board, rows });

/** At the end of the last row, or in a first one. */
export function addPanel(board: BoardContent, panel: BoardPanel): BoardContent {
  const rows = board.rows.length > 0 ? board.rows : [{ title: '', folded: false, panels: [] }];
  const last = rows.length - 1;
  return withRows(
    board,
    rows.map((row, at) => (at === last ? { ...row, panels: [...row.panels, panel] } : row)),
  );
}

export function changePanel(board: BoardContent, id: string, change: Partial<BoardPanel>): BoardContent {
  return withRows(
    board,
    board.rows.map((row) => ({
      ...row,
      panels: row.panels.map((panel) => (panel.id === id ? { ...panel, ...change } : panel)),
    })),
  );
}

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

export function resizePanel(board: BoardContent, id: string, wider: number, taller: number): BoardContent {
  const panel = findPanel(board, id);
  if (!panel) return board;
  return changePanel(board, id, {
    span: within(panel.span + wider, 1, columns),
    height: within(panel.height + taller, 1, height_most),
  });
}

export function findPanel(board: BoardContent, id: string): BoardPanel | undefined {
  return board.rows.flatMap((row) => row.panels).find((panel) => panel.id === id);
}

export function removePanel(board: BoardContent, id: string): BoardContent {
  return withRows(
    board,
    board.rows.map((row) => ({ ...row, panels: row.panels.filter((panel) => panel.id !== id) })),
  );
}

export function copyPanel(board: BoardContent, id: string): BoardContent {
  const id_made = freeId(board);
  return withRows(
    board,
    board.rows.map((row) => ({
      ...row,
      panels: row.panels.flatMap((panel) => (panel.id === id ? [panel, { ...panel, id: id_made }] : [panel])),
    })),
  );
}

/** One place on or back; over the end of a row into the next one. */
export function movePanel(board: BoardContent, id: string, by: 1 | -1): BoardContent {
  const at = board.rows.findIndex((row) => row.panels.some((panel) => panel.id === id));
  const row = board.rows[at];
  if (!row) return board;
  const place = row.panels.findIndex((panel) => panel.id === id);
  const next = place + by;
  if (next >= 0 && next < row.panels.length) {
    const panels = [...row.panels];
    [panels[place], panels[next]] = [panels[next]!, panels[place]!];
    return withRows(
      board,
      board.rows.map((one, index) => (index === at ? { ...one, panels } : one)),
    );
  }
  const target = board.rows[at + by];
  const panel = row.panels[place];
  if (!target || !panel) return board;
  const rows = removePanel(board, id).rows.map((one, index) =>
    index === at + by ? { ...one, panels: by === 1 ? [panel, ...one.panels] : [...one.panels, panel] } : one,
  );
  return withRows(board, rows);
}

/** Before another panel; without one at the end of a row. */
export function dropPanel(board: BoardContent, id: string, row: number, before?: string): BoardContent {
  const panel = findPanel(board, id);
  if (!panel || id === before) return board;
  const rows = removePanel(board, id).rows.map((one, index) => {
    if (index !== row) return one;
    const place = before ? one.panels.findIndex((each) => each.id === before) : one.panels.length;
    const at = place < 0 ? one.panels.length : place;
    return { ...one, panels: [...one.panels.slice(0, at), panel, ...one.panels.slice(at)] };
  });
  return withRows(board, rows);
}

export const addRow = (board: BoardContent, title: string): BoardContent =>
  withRows(board, [...board.rows, { title, folded: false, panels: [] }]);

export function changeRow(board: BoardContent, at: number, change: Partial<BoardRow>): BoardContent {
  return withRows(
    board,
    board.rows.map((row, index) => (index === at ? { ...row, ...change } : row)),
  );
}

/** Its panels go to the row above, or below when it is the first. */
export function removeRow(board: BoardContent, at: number): BoardContent {
  const row = board.rows[at];
  if (!row) return board;
  const rows = board.rows.filter((_, index) => index !== at);
  const heir = Math.max(0, at - 1);
  if (row.panels.length === 0) return withRows(board, rows);
  if (rows.length === 0) return withRows(board, [{ ...row, title: '' }]);
  return withRows(
    board,
    rows.map((one, index) =>
      index !== heir
        ? one
        : { ...one, panels: at === 0 ? [...row.panels, ...one.panels] : [...one.panels, ...row.panels] },
    ),
  );
}

export const sameContent = (a: BoardContent, b: BoardContent) => JSON.stringify(a) === JSON.stringify(b);
