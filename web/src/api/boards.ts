// Boards that people keep, and the data their panels ask for.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { call, get, post, query, remove } from './client';
import type { Instant, Page, QueryResult } from './types';

export type PanelKind = 'chart' | 'figure' | 'gauge' | 'table' | 'states' | 'alerts' | 'text';
export type PanelTone = 'neutral' | 'green' | 'orange' | 'red';
export type Reduce = 'last' | 'mean' | 'minimum' | 'maximum' | 'sum';

export interface PanelQuery {
  expr: string;
  /** A text with {{label}} in it; empty: the labels that tell the lines apart. */
  legend: string;
}

export interface BoardPanel {
  id: string;
  kind: PanelKind;
  title: string;
  /** Of twelve columns. */
  span: number;
  /** In rows of 40 pixels. */
  height: number;
  unit: string;
  decimals: number | null;
  reduce: Reduce;
  stacked: boolean;
  legend: boolean;
  minimum: number | null;
  maximum: number | null;
  /** The tone below the first threshold. */
  base: PanelTone;
  thresholds: { from: number; tone: PanelTone }[];
  queries: PanelQuery[];
  /** Of an alert list: what an alert's text, name or labels must hold. */
  filter: string;
  text: string;
}

export interface BoardRow {
  title: string;
  folded: boolean;
  panels: BoardPanel[];
}

export interface BoardVariable {
  name: string;
  label: string;
  kind: 'label' | 'list' | 'text';
  selector: string;
  label_name: string;
  many: boolean;
  values: string[];
  chosen: string[];
}

/** What people write of a board. */
export interface BoardContent {
  title: string;
  description: string;
  range_s: number;
  refresh_s: number;
  variables: BoardVariable[];
  rows: BoardRow[];
}

export interface Sharing {
  with: 'nobody' | 'roles' | 'everybody';
  editable: boolean;
  roles: string[];
}

export interface BoardSummary {
  id: string;
  owner_name: string;
  sharing: Sharing;
  version: number;
  title: string;
  description: string;
  panels: number;
  author_name: string;
  updated_at: Instant;
  mine: boolean;
  may_edit: boolean;
  may_own: boolean;
}

export type Board = Omit<BoardSummary, 'panels'> & BoardContent;

export interface BoardVersion {
  version: number;
  title: string;
  panels: number;
  author_name: string;
  reason: string;
  at: Instant;
}

export interface TakenPart {
  title: string;
  type: string;
  taken: 'whole' | 'partly' | 'not';
  notes: string[];
}

export interface ImportReport {
  id: string | null;
  title: string;
  panels_count: number;
  panels: TakenPart[];
  variables: TakenPart[];
}

const base = '/api/v1/boards';

export function useBoards(search: string) {
  return useInfiniteQuery({
    queryKey: ['boards', search],
    queryFn: ({ pageParam, signal }) =>
      get<Page<BoardSummary>>(`${base}${query({ search, after: pageParam })}`, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? null,
    placeholderData: keepPreviousData,
  });
}

export function useBoardOf(id: string | undefined) {
  return useQuery({
    queryKey: ['board-of', id],
    queryFn: ({ signal }) => get<Board>(`${base}/${id}`, signal),
    enabled: id !== undefined,
  });
}

export function useBoardVersions(id: string) {
  return useQuery({
    queryKey: ['board-of', id, 'versions'],
    queryFn: ({ signal }) => get<{ items: BoardVersion[] }>(`${base}/${id}/versions`, signal),
  });
}

export function useBoardRoles() {
  return useQuery({
    queryKey: ['board-roles'],
    queryFn: ({ signal }) => get<{ items: { id: string; name: string }[] }>(`${base}/sharing/roles`, signal),
    staleTime: Infinity,
  });
}

/** What of a board is written, without who and when. */
export function contentOf(board: BoardContent): BoardContent {
  const { title, description, range_s, refresh_s, variables, rows } = board;
  return { title, description, range_s, refresh_s, variables, rows };
}

export const readBoard = (id: string) => get<Board>(`${base}/${id}`);
export const makeBoard = (content: BoardContent) => post<Board>(base, content);
export const saveBoard = async (id: string, version: number, content: BoardContent, reason = '') =>
  (await call<Board>(`${base}/${id}`, { method: 'PUT', body: { ...content, base: version, reason } })).data;
export const exportAddress = (id: string) => `${base}/${id}/export`;
export const importBoard = async (file: unknown, dry: boolean) =>
  (await call<ImportReport>(`${base}/import${dry ? '?dry_run=true' : ''}`, { method: 'POST', body: file }))
    .data;

/** Every command on boards; the lists and the board itself are renewed after it. */
export function useBoardCommand<Given, Made>(act: (given: Given) => Promise<Made>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (made) => {
      const board = made as Partial<Board> | null;
      if (board?.rows && board.id) client.setQueryData(['board-of', board.id], board);
      await client.invalidateQueries({ queryKey: ['boards'] });
      if (board?.id) await client.invalidateQueries({ queryKey: ['board-of', board.id, 'versions'] });
    },
  });
}

export const shareBoard = async (id: string, sharing: Sharing) =>
  (await call<Board>(`${base}/${id}/sharing`, { method: 'PUT', body: sharing })).data;
export const restoreBoard = (id: string, version: number, current: number) =>
  post<Board>(`${base}/${id}/versions/${version}/restore`, { base: current });
export const deleteBoard = (id: string) => remove(`${base}/${id}`);

// A page of many panels asks a few questions at a time, so that neither the browser nor the server is held up.
const most_at_once = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (running >= most_at_once) await new Promise<void>((go) => waiting.push(go));
  else running += 1;
  try {
    signal.throwIfAborted();
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

export interface Asked {
  range_s: number;
  step_s: number;
  refresh_s: number;
  /** The newest value only. */
  instant: boolean;
}

/** The answers to the queries of a panel, in their order. Panels with the same query share its answer. */
export function usePanelData(
  expressions: string[],
  { range_s, step_s, refresh_s, instant }: Asked,
  shown: boolean,
) {
  return useQuery({
    queryKey: ['panel', expressions, instant ? 0 : range_s, step_s, instant],
    queryFn: ({ signal }) => {
      const end = Math.floor(Date.now() / 1000 / step_s) * step_s;
      const ask = (expression: string) =>
        inTurn(signal, async () => {
          const asked = instant
            ? `query${query({ query: expression })}`
            : `query_range${query({ query: expression, start: end - range_s, end, step: step_s })}`;
          return (await get<{ data: QueryResult }>(`/prometheus/api/v1/${asked}`, signal)).data;
        });
      return Promise.all(expressions.map(ask));
    },
    enabled: shown && expressions.length > 0,
    refetchInterval: refresh_s > 0 ? refresh_s * 1000 : false,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** The question what a variable may be; its answer is in the order of the alphabet. */
export function labelValues(label: string, selector: string) {
  return {
    queryKey: ['label-values', label, selector],
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (
        await get<{ data: string[] }>(
          `/prometheus/api/v1/label/${encodeURIComponent(label)}/values${query({ 'match[]': selector })}`,
          signal,
        )
      ).data,
    staleTime: 60_000,
    retry: false,
  };
}
