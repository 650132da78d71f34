// Who is signed in, and what they may do.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiProblem, call, get, keepCsrf, post, remove } from './client';
import type { Session, Setup } from './types';

export type Standing = { session: Session } | { setup: Setup };

async function standing(): Promise<Standing> {
  try {
    const session = await get<Session>('/api/v1/sessions/current');
    keepCsrf(session.csrf);
    return { session };
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
    return { setup: await get<Setup>('/api/v1/setup') };
  }
}

const key = ['standing'];

export function useStanding() {
  return useQuery({ queryKey: key, queryFn: standing, staleTime: 5 * 60_000, retry: 1 });
}

/** The signed-in session; only for pages behind the sign-in. */
export function useSession(): Session {
  const data = useStanding().data;
  if (data && 'session' in data) return data.session;
  throw new Error('no session');
}

/** True when the session may do `verb` ("incident.read") in any scope. */
export function useMay(): (verb: string) => boolean {
  const { permissions } = useSession();
  return (verb) => (permissions[verb] ?? 'none') !== 'none';
}

export function useSessionActions() {
  const client = useQueryClient();
  const renew = async () => {
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'standing' });
    await client.refetchQueries({ queryKey: key });
  };
  return {
    signIn: async (account: string, password: string) => {
      const session = await post<Session>('/api/v1/sessions', { account, password });
      keepCsrf(session.csrf);
      await renew();
    },
    signOut: async () => {
      await remove('/api/v1/sessions/current');
      keepCsrf('');
      await renew();
    },
    renew,
    speak: (language: string) =>
      call('/api/v1/sessions/current', { method: 'PATCH', body: { language } }).catch(() => undefined),
  };
}
