// Who is on call, and who stands in for whom.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, query } from './client';
import type { Instant } from './types';

export interface RotaPerson {
  id: string;
  name: string;
  crew?: string;
}

export interface Shift {
  crew: string;
  crew_name: string;
  shift: string;
  shift_name: string;
  from: Instant;
  to: Instant;
  people: RotaPerson[];
}

export interface Rota {
  role: string;
  name: string;
  zone: string;
  people: RotaPerson[];
  shifts: Shift[];
}

export interface StandIn {
  id: string;
  role: string;
  person: string;
  person_name: string;
  deputy: string;
  deputy_name: string;
  starts_at: Instant;
  ends_at: Instant;
  reason: string;
  swap_of: string | null;
}

export interface OnCall {
  at: Instant;
  on_duty: { person: string; name: string; role: string; crew: string; stands_in_for: string }[];
  rotas: Rota[];
  stand_ins: StandIn[];
}

export function useOnCall(from: string, to: string) {
  return useQuery({
    queryKey: ['on-call', from, to],
    queryFn: ({ signal }) => get<OnCall>(`/api/v1/on-call${query({ from, to })}`, signal),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });
}

export function useStandIns() {
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: ['on-call'] });
  const add = useMutation<unknown, Error, Record<string, unknown>>({
    mutationFn: (given) => post('/api/v1/on-call/stand-ins', given),
    onSuccess: renew,
  });
  const end = useMutation<unknown, Error, string>({
    mutationFn: (id) => post(`/api/v1/on-call/stand-ins/${id}/end`),
    onSuccess: renew,
  });
  return { add, end };
}
