// The four faces of everything that comes from the server: loading, error, empty, full.
import { ReloadOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from './format';

export function Skeleton({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" role="status" aria-label={t('kit.loading')}>
      {late && Array.from({ length: lines }, (_, i) => <span key={i} className={`bone bone-${i % 4}`} />)}
    </div>
  );
}

export function Empty({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className="face">
      <svg width="44" height="44" viewBox="0 0 44 44" aria-hidden="true" className="face-shape">
        <rect x="7" y="9" width="30" height="26" rx="3" />
        <path d="M7 17h30M13 24h12M13 29h7" />
      </svg>
      <p className="face-title">{title}</p>
      {hint && <p className="face-hint">{hint}</p>}
      {action && <div className="face-action">{action}</div>}
    </div>
  );
}

interface Told {
  title?: string;
  detail?: string;
  request_id?: string;
}

export function ErrorFace({ error, since, retry }: { error: unknown; since?: number; retry?: () => void }) {
  const { t } = useTranslation();
  const told = (error ?? {}) as Told & { message?: string };
  return (
    <div className="face" role="alert">
      <svg
        width="44"
        height="44"
        viewBox="0 0 44 44"
        aria-hidden="true"
        className="face-shape face-shape-red"
      >
        <path d="M22 8 38 35H6Z" />
        <path d="M22 18v9M22 30.5v1" />
      </svg>
      <p className="face-title">{told.title ?? told.message ?? t('kit.failed')}</p>
      {told.detail && told.detail !== told.title && <p className="face-hint">{told.detail}</p>}
      <p className="face-hint">
        {since ? t('kit.since', { at: formatInstant(since) }) : null}
        {told.request_id ? ` · ${t('kit.request_id')} ${told.request_id}` : null}
      </p>
      {retry && (
        <div className="face-action">
          <Button icon={<ReloadOutlined />} onClick={retry}>
            {t('kit.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  lines?: number;
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Shows the face a query deserves. Old data stays visible while it is renewed. */
export function Loaded<T>({ query, lines, isEmpty, empty, children }: LoadedProps<T>) {
  if (query.data !== undefined) {
    if (empty && isEmpty?.(query.data)) return empty;
    return children(query.data);
  }
  if (query.error)
    return <ErrorFace error={query.error} since={query.errorUpdatedAt} retry={() => void query.refetch()} />;
  return <Skeleton lines={lines} />;
}
