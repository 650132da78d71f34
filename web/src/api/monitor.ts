// Signals: alerts, rules, targets, boards and the Prometheus query API.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { get, post, query } from './client';
import type {
  Alert,
  ChartDefinition,
  Delivery,
  Labels,
  LogLine,
  Page,
  QueryResult,
  Rule,
  Target,
  TestFire,
} from './types';

type Listed<T> = { items: T[]; labels?: Labels; next?: string | null };

export function useAlerts(filters: { state?: string; system?: string; maintenance_window?: string } = {}) {
  return useQuery({
    queryKey: ['alerts', filters],
    queryFn: ({ signal }) =>
      get<Listed<Alert> & Partial<Page<Alert>>>(`/api/v1/alerts${query(filters)}`, signal),
    refetchInterval: 30_000,
  });
}

/** Says that this person has seen a firing alert. */
export function useAcknowledge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => post(`/api/v1/alerts/${id}/acknowledge`),
    onSettled: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  });
}

export function useDeliveries(alert: string) {
  return useQuery({
    queryKey: ['alerts', alert, 'deliveries'],
    queryFn: ({ signal }) => get<Listed<Delivery>>(`/api/v1/alerts/${alert}/deliveries`, signal),
    refetchInterval: 15_000,
  });
}

/** Asks for the stages; with true a marked test message goes out as well. */
export function useTestFire(rule: string) {
  return useMutation({
    mutationFn: (send: boolean) => post<TestFire>('/api/v1/rules/test-fire', { rule, send }),
  });
}

interface LogPage {
  lines: LogLine[];
  cursor?: string | null;
}

/** Log lines between two moments (milliseconds), the newest first, page by page. */
export function useLogs(filters: Record<string, string>, start: number, end: number) {
  const asked = { ...filters, start: start / 1000, end: end / 1000 };
  return useInfiniteQuery({
    queryKey: ['logs', asked],
    queryFn: async ({ pageParam, signal }) => {
      const address = `/prometheus/api/v1/logs${query({ ...asked, cursor: pageParam })}`;
      const { data } = await get<{ data: LogPage }>(address, signal);
      return { ...data, lines: data.lines.map((line, at) => ({ ...line, key: `${pageParam} ${at}` })) };
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.cursor ?? null,
    retry: false,
  });
}

export function useRules() {
  return useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => get<Listed<Rule>>('/api/v1/rules', signal),
    refetchInterval: 30_000,
  });
}

export function useTargets() {
  return useQuery({
    queryKey: ['targets'],
    queryFn: ({ signal }) => get<Listed<Target>>('/api/v1/targets', signal),
    refetchInterval: 15_000,
  });
}

/** Where the charts of a template of targets are, as the pack says; hosts are the usual ones. */
export const targetBoard = (template: unknown) =>
  `/api/v1/targets/templates/${typeof template === 'string' && template ? template : 'node'}/board`;

/** The charts of a probe, by the scheme of its line. */
export function probeBoard(probe: string): string {
  const scheme = /^(https?|tls):\/\//.exec(probe)?.[1];
  return `/api/v1/boards/templates/${scheme ? `probe_${scheme}` : 'probe'}`;
}

export function useBoard(address: string) {
  return useQuery({
    queryKey: ['board', address],
    queryFn: ({ signal }) => get<{ charts: ChartDefinition[] }>(address, signal),
    staleTime: Infinity,
  });
}

async function prometheus(path: string, signal: AbortSignal): Promise<QueryResult> {
  const answer = await get<{ status: string; data: QueryResult; error?: string }>(
    `/prometheus/api/v1/${path}`,
    signal,
  );
  return answer.data;
}

/** Whole steps only, so that all charts of a page ask for the same moments. One answer per expression. */
export function useRange(expressions: string[], range_s: number, points = 240) {
  const step = Math.max(5, Math.ceil(range_s / points / 5) * 5);
  return useQuery({
    queryKey: ['range', expressions, range_s, step],
    queryFn: ({ signal }) => {
      const end = Math.floor(Date.now() / 1000 / step) * step;
      const ask = (expression: string) =>
        prometheus(`query_range${query({ query: expression, start: end - range_s, end, step })}`, signal);
      return Promise.all(expressions.map(ask));
    },
    enabled: expressions.length > 0,
    refetchInterval: Math.max(step * 1000, 10_000),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useInstant(expression: string) {
  return useQuery({
    queryKey: ['instant', expression],
    queryFn: ({ signal }) => prometheus(`query${query({ query: expression })}`, signal),
    enabled: expression !== '',
    retry: false,
  });
}

export function useMetricSeries(metric: string) {
  return useQuery({
    queryKey: ['metric-series', metric],
    queryFn: async ({ signal }) => {
      const match = `{__name__=${JSON.stringify(metric)}}`;
      const path = `/prometheus/api/v1/series${query({ 'match[]': match, limit: 2000 })}`;
      return (await get<{ data: Record<string, string>[] }>(path, signal)).data;
    },
    enabled: metric !== '',
    staleTime: 60_000,
  });
}

export function useMetricMetadata() {
  return useQuery({
    queryKey: ['metric-metadata'],
    queryFn: async ({ signal }) =>
      (
        await get<{ data: Record<string, { type: string; help: string }[]> }>(
          '/prometheus/api/v1/metadata',
          signal,
        )
      ).data,
    staleTime: 300_000,
  });
}

export function useMetricNames() {
  return useQuery({
    queryKey: ['metric-names'],
    queryFn: async ({ signal }) =>
      (await get<{ data: string[] }>('/prometheus/api/v1/label/__name__/values', signal)).data,
    staleTime: 60_000,
  });
}
