// Records of every family, by the kind and plural their module declares.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { call, get, patch, post, query, upload } from './client';
import type {
  Attachment,
  Comment,
  Diagram,
  ImportReport,
  Labels,
  LedgerEntry,
  ModuleDescription,
  Page,
  RecordData,
  RecordLink,
  SearchHit,
  TimelineItem,
} from './types';

export const path = (plural: string, id?: string, part?: string) =>
  `/api/v1/${plural}${id ? `/${id}` : ''}${part ? `/${part}` : ''}`;

export function useModules() {
  return useQuery({
    queryKey: ['modules'],
    queryFn: async ({ signal }) => {
      const answer = await get<{ items: ModuleDescription[] } | ModuleDescription[]>(
        '/api/v1/modules',
        signal,
      );
      return Array.isArray(answer) ? answer : answer.items;
    },
    staleTime: Infinity,
  });
}

export function useModule(kind: string): ModuleDescription | undefined {
  return useModules().data?.find((module) => module.kind === kind);
}

/** A list read page by page; `filters` are query parameters as the server knows them. */
export function useRecords(plural: string, filters: Record<string, string>, limit = 50, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['records', plural, filters, limit],
    queryFn: ({ pageParam, signal }) =>
      get<Page<RecordData> & { labels?: Record<string, string> }>(
        path(plural) + query({ limit, ...filters, after: pageParam }),
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useRecord(plural: string, id: string) {
  return useQuery({
    queryKey: ['record', plural, id],
    queryFn: ({ signal }) => get<RecordData>(path(plural, id), signal),
    enabled: id !== '',
    refetchInterval: 60_000,
  });
}

function usePart<T>(plural: string, id: string, part: string) {
  return useQuery({
    queryKey: ['record', plural, id, part],
    queryFn: ({ signal }) => get<T>(path(plural, id, part), signal),
  });
}

export const useTimeline = (plural: string, id: string) =>
  usePart<{ items: TimelineItem[] }>(plural, id, 'timeline');
export const useComments = (plural: string, id: string) =>
  usePart<{ items: Comment[]; labels?: Labels }>(plural, id, 'comments');
export const useAttachments = (plural: string, id: string) =>
  usePart<{ items: Attachment[] }>(plural, id, 'attachments');
export const useLinks = (plural: string, id: string) => usePart<{ items: RecordLink[] }>(plural, id, 'links');
export const useDiagram = (plural: string, id: string) => usePart<Diagram>(plural, id, 'diagram');

export function useRecordLedger(kind: string, id: string) {
  return useQuery({
    queryKey: ['ledger', kind, id],
    queryFn: ({ signal }) =>
      get<Page<LedgerEntry>>(`/api/v1/ledger${query({ subject: `${kind}/${id}` })}`, signal),
  });
}

/** What others see after a change to a record: everything about it, every list of it, every inbox. */
export function useRenewRecord() {
  const client = useQueryClient();
  return async (plural: string, id?: string) => {
    await Promise.all([
      client.invalidateQueries({ queryKey: id ? ['record', plural, id] : ['record', plural] }),
      client.invalidateQueries({ queryKey: ['records', plural] }),
      client.invalidateQueries({ queryKey: ['tasks'] }),
      client.invalidateQueries({ queryKey: ['overview'] }),
    ]);
  };
}

export function useCreateRecord(plural: string) {
  const renew = useRenewRecord();
  return useMutation({
    mutationFn: (fields: Record<string, unknown>) => post<RecordData>(path(plural), fields),
    onSuccess: () => void renew(plural),
  });
}

export function usePatchRecord(plural: string, id: string) {
  const renew = useRenewRecord();
  return useMutation({
    mutationFn: ({ fields, version }: { fields: Record<string, unknown>; version: number }) =>
      patch<RecordData>(path(plural, id), fields, version),
    onSettled: () => void renew(plural, id),
  });
}

/** Records of a whole family for looking names up; a family beyond the limit is read in part. */
export async function readFamily(plural: string, limit = 2000): Promise<RecordData[]> {
  const records: RecordData[] = [];
  let after: string | null = '';
  while (after !== null && records.length < limit) {
    const page: Page<RecordData> = await get(path(plural) + query({ limit: 200, after }));
    records.push(...page.items);
    after = page.next;
  }
  return records;
}

/** JSON lines, all or none; a dry run only says what would happen. */
export async function importRecords(plural: string, lines: string, dry_run: boolean): Promise<ImportReport> {
  const raw = new Blob([lines], { type: 'application/x-ndjson' });
  const address = `${path(plural)}/import${query({ dry_run })}`;
  return (await call<ImportReport>(address, { method: 'POST', raw })).data;
}

export function useAddComment(plural: string, id: string) {
  const renew = useRenewRecord();
  return useMutation({
    mutationFn: (text: string) => post<Comment>(path(plural, id, 'comments'), { text }),
    onSuccess: () => renew(plural, id),
  });
}

export function useAddAttachment(plural: string, id: string) {
  const renew = useRenewRecord();
  return useMutation({
    mutationFn: (file: File) => upload<Attachment>(path(plural, id, 'attachments'), file),
    onSuccess: () => renew(plural, id),
  });
}

export function useSearch(text: string) {
  return useQuery({
    queryKey: ['search', text],
    queryFn: ({ signal }) => get<{ items: SearchHit[] }>(`/api/v1/search${query({ q: text })}`, signal),
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
  });
}
