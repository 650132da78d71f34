// Names and addresses of records, from what their families declare.
import { useModules } from '@/api/records';
import type { ModuleDescription, RecordData } from '@/api/types';

const irregular: Record<string, string> = { person: 'people' };

export function pluralOf(modules: ModuleDescription[] | undefined, kind: string): string {
  return modules?.find((module) => module.kind === kind)?.plural ?? irregular[kind] ?? `${kind}s`;
}

export function usePlural(): (kind: string) => string {
  const modules = useModules().data;
  return (kind) => pluralOf(modules, kind);
}

export function titleOf(record: Record<string, unknown>): string {
  for (const name of ['title', 'name', 'number']) {
    const value = record[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

/** Text of a field that should be text; anything else is empty. */
export function textOf(record: RecordData | undefined, field: string): string {
  const value = record?.[field];
  return typeof value === 'string' ? value : '';
}
