// The state of a list lives in the address, so that a copied address shows the same list.
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { keep, kept } from '@/kit/keep';
import { useState } from 'react';
import type { Filters } from './filters';

const own = new Set(['view', 'show', 'sort', 'q']);

export interface View {
  key: string;
  label: string;
  filters: Filters;
  sort?: string;
}

export function useListState(name: string, views: View[]) {
  const [params, setParams] = useSearchParams();
  const [saved, setSaved] = useState<View[]>(() => kept(`views.${name}`, []));
  const all = useMemo(() => [...views, ...saved], [views, saved]);
  const view = all.find((one) => one.key === params.get('view')) ?? all[0];
  const added = Object.fromEntries([...params].filter(([key]) => !own.has(key)));
  const edited = params.has('edited');
  const filters: Filters = edited ? omit(added, 'edited') : { ...view?.filters };
  const sort = params.get('sort') ?? view?.sort ?? '-created_at';
  const text = params.get('q') ?? '';

  const write = (changes: Record<string, string | null>, base: URLSearchParams = params) => {
    const next = new URLSearchParams(base);
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === '') next.delete(key);
      else next.set(key, value);
    }
    setParams(next, { replace: true });
  };
  return {
    all,
    saved,
    view,
    filters,
    sort,
    text,
    edited,
    open: params.get('show'),
    setView: (key: string) => setParams(new URLSearchParams({ view: key }), { replace: true }),
    setFilters: (next: Filters) => {
      const base = new URLSearchParams([...params].filter(([key]) => own.has(key)));
      write({ ...next, edited: '1' }, base);
    },
    setSort: (next: string) => write({ sort: next }),
    setText: (next: string) => write({ q: next }),
    setOpen: (id: string | null) => write({ show: id }),
    saveView: (label: string) => {
      const made = { key: `own-${Date.now()}`, label, filters, sort };
      const next = [...saved, made];
      keep(`views.${name}`, next);
      setSaved(next);
      setParams(new URLSearchParams({ view: made.key }), { replace: true });
    },
    removeView: (key: string) => {
      const next = saved.filter((one) => one.key !== key);
      keep(`views.${name}`, next);
      setSaved(next);
      setParams(new URLSearchParams(), { replace: true });
    },
  };
}

function omit(filters: Filters, name: string): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([key]) => key !== name));
}
