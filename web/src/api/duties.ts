// What must happen on a calendar, and signing it off.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, query } from './client';
import type { DutyOccurrence } from './types';

export function useDuties(state: DutyOccurrence['state']) {
  return useQuery({
    queryKey: ['duties', state],
    queryFn: ({ signal }) => get<{ items: DutyOccurrence[] }>(`/api/v1/duties${query({ state })}`, signal),
    refetchInterval: 60_000,
  });
}

export function useSignOff() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, note }: { id: string; note: string }) =>
      post(`/api/v1/duties/${id}/complete`, { note }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['duties'] }),
        client.invalidateQueries({ queryKey: ['clauses'] }),
      ]),
  });
}
