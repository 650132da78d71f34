// Live updates: the server's event stream renews exactly the queries an event speaks of.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { tell } from '@/kit/toast';
import type { ModuleDescription, Notification } from './types';

function parse<T>(event: Event): T | null {
  try {
    return JSON.parse((event as MessageEvent<string>).data) as T;
  } catch {
    return null;
  }
}

function renewRecord(client: QueryClient, event: Event): void {
  const told = parse<{ kind: string; id: string }>(event);
  if (!told) return;
  const modules = client.getQueryData<ModuleDescription[]>(['modules']) ?? [];
  const plural = modules.find((module) => module.kind === told.kind)?.plural ?? `${told.kind}s`;
  void client.invalidateQueries({ queryKey: ['record', plural, told.id] });
  void client.invalidateQueries({ queryKey: ['records', plural] });
  void client.invalidateQueries({ queryKey: ['overview'] });
}

function renew(client: QueryClient, ...names: string[]): void {
  for (const name of names) void client.invalidateQueries({ queryKey: [name] });
}

export function useLiveEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource('/api/v1/events');
    source.addEventListener('record', (event) => renewRecord(client, event));
    source.addEventListener('task', () => renew(client, 'tasks', 'overview'));
    source.addEventListener('alert', () => renew(client, 'alerts', 'overview'));
    source.addEventListener('clause', () => renew(client, 'clauses', 'overview'));
    source.addEventListener('notification', (event) => {
      renew(client, 'notifications');
      const told = parse<Notification>(event);
      if (told?.title) tell(told.title, { href: told.href || undefined });
    });
    source.addEventListener('reset', () => void client.invalidateQueries());
    return () => source.close();
  }, [client]);
}
