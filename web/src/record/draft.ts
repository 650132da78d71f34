// What somebody began to write and has not sent: kept in this browser until it is sent or thrown away.
import { useCallback, useEffect, useState } from 'react';
import { useBlocker } from 'react-router';
import { keep, kept } from '@/kit/keep';

type Values = Record<string, unknown>;

export function useDraft(name: string) {
  const key = `draft.${name}`;
  const [state, setState] = useState(() => ({ name, values: kept<Values>(key, {}), touched: false }));
  const current = state.name === name ? state : { name, values: kept<Values>(key, {}), touched: false };
  const set = useCallback(
    (field: string, value: unknown) =>
      setState((before) => {
        const values = { ...(before.name === name ? before.values : kept<Values>(key, {})), [field]: value };
        keep(key, values);
        return { name, values, touched: true };
      }),
    [name, key],
  );
  const clear = useCallback(() => {
    keep(key, undefined);
    setState({ name, values: {}, touched: false });
  }, [name, key]);
  return {
    values: current.values,
    touched: current.touched,
    found: Object.keys(current.values).length > 0,
    set,
    clear,
  };
}

/** Asks before a page with unsent words is left. */
export function useLeaving(active: boolean) {
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [active]);
  return useBlocker(
    ({ currentLocation, nextLocation }) => active && currentLocation.pathname !== nextLocation.pathname,
  );
}
