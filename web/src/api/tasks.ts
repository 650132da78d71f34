// Work waiting for people.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, query } from './client';
import { useRenewRecord } from './records';
import type { Deputy, Labels, Page, Task, TaskDetail } from './types';

/** What a signature says, on a step that several people sign. */
export type Vote = 'approve' | 'reject';

export function useTasks(state: 'open' | 'done', mine = true, limit = 50) {
  return useInfiniteQuery({
    queryKey: ['tasks', state, mine, limit],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Task>>(`/api/v1/tasks${query({ mine, state, limit, after: pageParam })}`, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: 60_000,
  });
}

export function useTask(id: string | undefined) {
  return useQuery({
    queryKey: ['tasks', 'one', id],
    queryFn: ({ signal }) => get<TaskDetail>(`/api/v1/tasks/${id}`, signal),
    enabled: Boolean(id),
    retry: false,
  });
}

export function useTaskActions(plural: string, record: string, task: string) {
  const renew = useRenewRecord();
  const done = () => renew(plural, record);
  const claim = useMutation({ mutationFn: () => post(`/api/v1/tasks/${task}/claim`), onSettled: done });
  const release = useMutation({ mutationFn: () => post(`/api/v1/tasks/${task}/release`), onSettled: done });
  const complete = useMutation({
    mutationFn: ({ fields, vote }: { fields: Record<string, unknown>; vote?: Vote }) =>
      post(`/api/v1/tasks/${task}/complete`, vote ? { fields, vote } : { fields }),
    onSuccess: done,
  });
  return { claim, release, complete };
}

/** What people do with a step beside finishing it. */
export type StepVerb =
  'send-back' | 'hand-over' | 'delegate' | 'add-sign' | 'remove-sign' | 'copy' | 'urge' | 'withdraw';

export function useStepVerb(plural: string, record: string, task: string, verb: StepVerb) {
  const renew = useRenewRecord();
  return useMutation({
    mutationFn: (given: Record<string, unknown>) => post(`/api/v1/tasks/${task}/${verb}`, given),
    onSuccess: () => renew(plural, record),
  });
}

export function useEarlierSteps(task: string) {
  return useQuery({
    queryKey: ['tasks', 'earlier', task],
    queryFn: ({ signal }) =>
      get<Page<{ element: string; name: string }>>(`/api/v1/tasks/${task}/earlier-steps`, signal),
  });
}

export function useDeputies() {
  return useQuery({
    queryKey: ['deputies'],
    queryFn: ({ signal }) => get<Page<Deputy> & { labels: Labels }>('/api/v1/deputies', signal),
  });
}

export function useDeputyActions() {
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: ['deputies'] });
  const add = useMutation({
    mutationFn: (given: Record<string, unknown>) => post('/api/v1/deputies', given),
    onSuccess: renew,
  });
  const end = useMutation({
    mutationFn: (id: string) => post(`/api/v1/deputies/${id}/end`),
    onSettled: renew,
  });
  return { add, end };
}
