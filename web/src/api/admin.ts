// Accounts, tokens, messages to oneself.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keepCsrf, patch, post, query, remove } from './client';
import type { Account, ApiToken, Notification, Role, Session } from './types';

export function useAccounts() {
  return useQuery({
    queryKey: ['accounts'],
    queryFn: ({ signal }) => get<{ items: Account[] }>('/api/v1/accounts', signal),
  });
}

export function useAccountActions() {
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: ['accounts'] });
  const create = useMutation({
    mutationFn: (fields: Record<string, unknown>) => post<Account>('/api/v1/accounts', fields),
    onSuccess: renew,
  });
  const change = useMutation({
    mutationFn: ({
      id,
      ...fields
    }: {
      id: string;
      disabled?: boolean;
      roles?: string[];
      password?: string;
    }) => patch<Account>(`/api/v1/accounts/${id}`, fields),
    onSettled: renew,
  });
  return { create, change };
}

export function useApiTokens() {
  return useQuery({
    queryKey: ['api-tokens'],
    queryFn: ({ signal }) => get<{ items: ApiToken[] }>('/api/v1/api-tokens', signal),
  });
}

export function useApiTokenActions() {
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: ['api-tokens'] });
  const create = useMutation({
    mutationFn: (name: string) => post<ApiToken>('/api/v1/api-tokens', { name }),
    onSuccess: renew,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => remove(`/api/v1/api-tokens/${id}`),
    onSettled: renew,
  });
  return { create, revoke };
}

/** All sessions end with the old password; the answer is the new one. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (fields: { old: string; new: string }) =>
      post<Partial<Session> | null>('/api/v1/sessions/current/password', fields),
    onSuccess: async (session) => {
      if (session?.csrf) keepCsrf(session.csrf);
      await client.refetchQueries({ queryKey: ['standing'] });
    },
  });
}

export function useRoles(enabled: boolean) {
  return useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => get<{ items: Role[] }>('/api/v1/roles', signal),
    enabled,
    staleTime: Infinity,
  });
}

export function useNotifications(unread = false) {
  return useQuery({
    queryKey: ['notifications', unread],
    queryFn: ({ signal }) =>
      get<{ items: Notification[] }>(`/api/v1/notifications${query({ unread: unread || null })}`, signal),
    refetchInterval: 120_000,
  });
}

export function useNotificationActions() {
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: ['notifications'] });
  const read = useMutation({
    mutationFn: (id: string) => post(`/api/v1/notifications/${id}/read`),
    onSettled: renew,
  });
  const readAll = useMutation({ mutationFn: () => post('/api/v1/notifications/read-all'), onSettled: renew });
  return { read, readAll };
}
