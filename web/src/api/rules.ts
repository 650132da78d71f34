// Rules that people keep: texts with versions, what is wrong with one, and what it would have told.
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { call, get, patch, post } from './client';
import type { Fault, Instant } from './types';

/** The keys of a rule as they are written. */
/** When a figure that goes on as it does will meet its bound. */
export interface ForecastTerms {
  reaches: string;
  within: string;
  from: string;
}

/** How far from what is usual at this time a figure may be. */
export interface BaselineTerms {
  season: string;
  seasons: string;
  deviations: string;
  at_least: string;
  side: string;
}

export interface WrittenRule {
  alert?: string;
  record?: string;
  expr?: string;
  for?: string;
  keep_firing_for?: string;
  levels?: { severity: string; when: string }[];
  recover?: string;
  no_data?: string;
  flapping?: { times: string; within: string };
  forecast?: { expr: string } & Partial<ForecastTerms>;
  baseline?: { expr: string } & Partial<BaselineTerms>;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** One version of a rule; in lists of rules the newest. */
export interface OwnRule {
  id: string;
  name: string;
  recording: boolean;
  version: number;
  active: boolean;
  yaml: string;
  /** Absent when the program can no longer read the text. */
  rule: WrittenRule | null;
  author: string;
  author_name: string;
  reason: string;
  at: Instant;
}

export interface RuleCheck {
  problems: Fault[];
  rule: WrittenRule | null;
}

/** What a rule would have told at one moment. */
export interface RuleChange {
  state: 'pending' | 'firing' | 'resolved' | 'inactive';
  labels: Record<string, string>;
  severity: string;
  activeAt: Instant;
  value: string;
  firedAt?: Instant;
  resolvedAt?: Instant;
}

export interface RulePreview {
  fired: number;
  changes: RuleChange[];
  /** The stretch that was asked of, in seconds. */
  from: number;
  to: number;
}

const base = '/api/v1/rules/own';

export function useOwnRules() {
  return useQuery({
    queryKey: ['own-rules'],
    queryFn: ({ signal }) => get<{ items: OwnRule[] }>(base, signal),
  });
}

export function useOwnRule(id: string | undefined) {
  return useQuery({
    queryKey: ['own-rules', id],
    queryFn: ({ signal }) => get<OwnRule>(`${base}/${id}`, signal),
    enabled: id !== undefined,
  });
}

export function useRuleVersions(id: string) {
  return useQuery({
    queryKey: ['own-rules', id, 'versions'],
    queryFn: ({ signal }) => get<{ items: OwnRule[] }>(`${base}/${id}/versions`, signal),
  });
}

export function useRuleCheck(yaml: string) {
  return useQuery({
    queryKey: ['rule-check', yaml],
    queryFn: async ({ signal }) =>
      (await call<RuleCheck>(`${base}/check`, { method: 'POST', body: { yaml }, signal })).data,
    enabled: yaml !== '',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });
}

/** Runs the rule over the stored samples of the last `span_s` seconds. */
export function useRulePreview(yaml: string, span_s: number, enabled: boolean) {
  return useQuery({
    queryKey: ['rule-preview', yaml, span_s],
    queryFn: async ({ signal }): Promise<RulePreview> => {
      const step = Math.max(15, Math.ceil(span_s / 5000 / 15) * 15);
      const to = Math.floor(Date.now() / 1000 / step) * step;
      const from = to - span_s;
      const form = new URLSearchParams({
        rule: yaml,
        start: String(from),
        end: String(to),
        step: String(step),
      });
      const raw = new Blob([form.toString()], { type: 'application/x-www-form-urlencoded' });
      const path = '/prometheus/api/v1/rules/preview';
      const answer = await call<{ data: RulePreview }>(path, { method: 'POST', raw, signal });
      return { ...answer.data.data, from, to };
    },
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** Pages show the saved version at once. */
async function renew(client: QueryClient, saved: OwnRule) {
  client.setQueryData(['own-rules', saved.id], saved);
  await client.invalidateQueries({ queryKey: ['own-rules'] });
  await client.invalidateQueries({ queryKey: ['rules'] });
}

/** Makes a rule, or a new version of the one that is named. */
export function useSaveRule(rule: Pick<OwnRule, 'id' | 'version'> | null, onSaved: (saved: OwnRule) => void) {
  const client = useQueryClient();
  return useMutation<OwnRule, Error, Record<string, unknown>>({
    mutationFn: (given) =>
      rule ? patch<OwnRule>(`${base}/${rule.id}`, given, rule.version) : post<OwnRule>(base, given),
    onSuccess: (saved) => {
      onSaved(saved);
      return renew(client, saved);
    },
  });
}

/** Switches one rule on or off. */
export function useRuleSwitch(rule: Pick<OwnRule, 'id' | 'version' | 'active'>) {
  const client = useQueryClient();
  return useMutation<unknown, Error, Record<string, unknown>>({
    mutationFn: async (given) => {
      const path = `${base}/${rule.id}/${rule.active ? 'disable' : 'enable'}`;
      const headers = { 'If-Match': `"${rule.version}"` };
      const { data } = await call<OwnRule>(path, { method: 'POST', body: given, headers });
      await renew(client, data);
    },
  });
}
