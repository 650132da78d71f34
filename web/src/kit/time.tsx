// A moment on the page: relative text, the exact time on hover and for screen readers.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatRelative } from './format';

/** The present, renewed every half minute so that relative times stay true. */
export function useNow(interval_ms = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), interval_ms);
    return () => clearInterval(timer);
  }, [interval_ms]);
  return now;
}

export function Time({ at, exact = false }: { at: string | number | null | undefined; exact?: boolean }) {
  const { t } = useTranslation();
  const now = useNow();
  if (at === null || at === undefined || at === '') return <span className="faint">–</span>;
  const full = formatInstant(at);
  const relative = formatRelative(t, at, now);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact ? relative : full} className="figures">
      {exact ? full : relative}
    </time>
  );
}
