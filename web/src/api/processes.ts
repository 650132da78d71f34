// Processes: published versions and their drawings, trying one out, and what runs of them.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { currentLanguage } from '@/kit/words';
import { call, get, post, query, text } from './client';
import type {
  Activity,
  Batch,
  Instance,
  InstanceDetail,
  MigrationCheck,
  ProcessProblem,
  Processes,
  ProcessSummary,
  ServiceCall,
  Trial,
  TrialCommand,
} from './process_types';
import type { Page } from './types';

export function useProcesses() {
  return useQuery({
    queryKey: ['processes'],
    queryFn: ({ signal }) => get<Processes>('/api/v1/processes', signal),
  });
}

export function useProcessXml(id: string) {
  return useQuery({
    queryKey: ['processes', id],
    queryFn: ({ signal }) => text(`/api/v1/processes/${id}/xml`, signal),
    enabled: id !== '',
    staleTime: Infinity,
  });
}

/** The language processes are drawn in. */
const drawn_language = 'zh-CN';

type Catalogue = Record<string, string>;

/** The name of a process ("incident") or an element ("incident.assess") in the reader's language. */
export type Naming = (id: string, drawn?: string) => string;

/** A name somebody drew anew is nobody's translation: it stays as it was drawn. */
export function namingOf(names: Catalogue, source: Catalogue): Naming {
  return (id, drawn) => {
    const plain = drawn || source[id] || id;
    return names[id] && (!drawn || source[id] === drawn) ? names[id] : plain;
  };
}

async function catalogue(language: string, signal?: AbortSignal): Promise<Catalogue> {
  const headers = { 'Accept-Language': language };
  return (await call<Catalogue>('/api/v1/processes/names', { headers, signal })).data;
}

export function useNaming(): Naming {
  const language = currentLanguage() ?? drawn_language;
  const found = useQuery({
    queryKey: ['process-names', language],
    queryFn: async ({ signal }) => {
      const [source, names] = await Promise.all([
        catalogue(drawn_language, signal),
        catalogue(language, signal),
      ]);
      return namingOf(names, source);
    },
    staleTime: Infinity,
    retry: false,
  });
  return found.data ?? asDrawn;
}

const asDrawn: Naming = (id, drawn) => drawn || id;

/** What keeps a drawing from running; the server reads it as publishing would. */
export async function checkProcess(xml: string, signal?: AbortSignal): Promise<ProcessProblem[]> {
  const raw = new Blob([xml], { type: 'application/xml' });
  const answer = await call<{ problems: ProcessProblem[] }>('/api/v1/processes/check', {
    method: 'POST',
    raw,
    signal,
  });
  return answer.data.problems;
}

const drawing = (xml: string) => new Blob([xml], { type: 'application/xml' });

/** A new version, in force at once. `base` is the version the drawing began with. */
export function usePublish(xml: string, base: string, onPublished: (made: ProcessSummary) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (given: Record<string, unknown>) => {
      const address = `/api/v1/processes${query({ reason: String(given.reason ?? ''), base })}`;
      return (await call<ProcessSummary>(address, { method: 'POST', raw: drawing(xml) })).data;
    },
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['processes'] });
      onPublished(made);
    },
  });
}

/** Names a version, or puts it in force. */
export function useVersionAct(id: string, act: 'tag' | 'activate') {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Record<string, unknown>) => post(`/api/v1/processes/${id}/${act}`, given),
    onSuccess: () => client.invalidateQueries({ queryKey: ['processes'] }),
  });
}

/** Where a drawing goes with these commands, from its beginning; nothing is kept. */
export function useTrial(xml: string, commands: TrialCommand[]) {
  return useQuery({
    queryKey: ['trial', xml, commands],
    queryFn: async ({ signal }) => {
      const body = { xml, commands };
      return (await call<Trial>('/api/v1/processes/simulate', { method: 'POST', body, signal })).data;
    },
    placeholderData: (before) => before,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  });
}

export function useActivity(process: string, days: number, enabled = true) {
  return useQuery({
    queryKey: ['process-activity', process, days],
    queryFn: ({ signal }) => get<Activity>(`/api/v1/processes/${process}/activity${query({ days })}`, signal),
    enabled: enabled && process !== '',
    refetchInterval: 60_000,
  });
}

export function useInstances(definition: string, status: string) {
  return useInfiniteQuery({
    queryKey: ['instances', definition, status],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Instance>>(`/api/v1/instances${query({ definition, status, after: pageParam })}`, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: 60_000,
  });
}

export type InstanceVerb = 'suspend' | 'resume' | 'cancel' | 'retry';

/** Trying again means every place where the process could not go on. */
async function retry(instance: string): Promise<void> {
  const { tokens } = await get<InstanceDetail>(`/api/v1/instances/${instance}`);
  for (const token of tokens.filter((one) => one.failed))
    await post(`/api/v1/instances/${instance}/retry`, { token: token.id });
}

export function useInstanceVerb() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, verb }: { id: string; verb: InstanceVerb }) =>
      verb === 'retry' ? retry(id) : void (await post(`/api/v1/instances/${id}/${verb}`)),
    onSettled: () => client.invalidateQueries({ queryKey: ['instances'] }),
  });
}

/** Elements of the one version to elements of the other; what it does not name keeps its own id. */
export type ElementMapping = Record<string, string>;

export interface MigrationPlan {
  from: string;
  definition: string;
  mapping: ElementMapping;
  /** Events of the new version that begin to wait anew, though the mapping brings them along. */
  renewed: string[];
}

/** Looks at every running process, page by page. */
export async function checkMigration({ from, ...plan }: MigrationPlan): Promise<MigrationCheck> {
  const all: MigrationCheck = { items: [], looked_at: 0, next: null };
  let after = '';
  do {
    const body = { ...plan, after };
    const page = await call<MigrationCheck>(`/api/v1/processes/${from}/migration-check`, {
      method: 'POST',
      body,
    });
    all.items.push(...page.data.items);
    all.looked_at += page.data.looked_at;
    after = page.data.next ?? '';
  } while (after);
  return all;
}

export function useStartBatch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: { kind: Batch['kind']; of: string } & Partial<Omit<MigrationPlan, 'from'>>) =>
      post<Batch>('/api/v1/batches', given),
    onSettled: () => client.invalidateQueries({ queryKey: ['batches'] }),
  });
}

const batch_poll_ms = 1000;

export function useBatches() {
  return useQuery({
    queryKey: ['batches'],
    queryFn: ({ signal }) => get<Page<Batch>>('/api/v1/batches', signal),
    refetchInterval: ({ state }) =>
      state.data?.items.some((batch) => batch.state === 'running') ? batch_poll_ms : 60_000,
  });
}

export function useServiceCalls() {
  return useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => get<Page<ServiceCall>>('/api/v1/jobs', signal),
    refetchInterval: 60_000,
  });
}

export function useServiceCallVerb() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, verb }: { id: string; verb: 'retry' | 'settle' }) =>
      post(`/api/v1/jobs/${id}/${verb}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
