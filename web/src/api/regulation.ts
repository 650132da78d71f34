// Clauses, their evidence, and the ledger.
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { get, query } from './client';
import type { ClauseDetail, ClauseSummary, Labels, LedgerEntry, Overview, Page, Verification } from './types';

export function useClauses() {
  return useQuery({
    queryKey: ['clauses'],
    queryFn: ({ signal }) => get<{ items: ClauseSummary[] }>('/api/v1/clauses', signal),
  });
}

export function useClause(id: string) {
  return useQuery({
    queryKey: ['clauses', id],
    queryFn: ({ signal }) => get<ClauseDetail>(`/api/v1/clauses/${id}`, signal),
  });
}

export function useLedger(filters: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: ['ledger', filters],
    queryFn: ({ pageParam, signal }) =>
      get<Page<LedgerEntry> & { labels?: Labels }>(
        `/api/v1/ledger${query({ ...filters, after: pageParam })}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}

export function useVerification() {
  return useMutation({ mutationFn: () => get<Verification>('/api/v1/ledger/verification') });
}

export function useOverview() {
  return useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => get<Overview>('/api/v1/overview', signal),
    refetchInterval: 60_000,
  });
}
