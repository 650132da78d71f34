// Processes: deployed versions, their drawings, names in the reader's language, and the check of a drawing.
import { useQuery } from '@tanstack/react-query';
import { currentLanguage } from '@/kit/words';
import { call, get, text } from './client';
import type { ProcessProblem, ProcessSummary } from './types';

export function useProcesses() {
  return useQuery({
    queryKey: ['processes'],
    queryFn: ({ signal }) => get<{ items: ProcessSummary[] }>('/api/v1/processes', signal),
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

/** "<process>.<element>" to its name. */
export function useProcessNames() {
  return useQuery({
    queryKey: ['process-names', currentLanguage()],
    queryFn: ({ signal }) => get<Record<string, string>>('/api/v1/processes/names', signal),
    staleTime: Infinity,
    retry: false,
  });
}

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
