// Short messages in the corner, read out by screen readers. Links lead to what they speak of.
import { CloseOutlined } from '@ant-design/icons';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'error';
  href?: string;
}

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number) {
  set(toasts.filter((toast) => toast.id !== id));
}

export function tell(text: string, options: { tone?: 'plain' | 'error'; href?: string } = {}): void {
  const id = ++last;
  set([...toasts, { id, text, tone: options.tone ?? 'plain', href: options.href }].slice(-4));
  setTimeout(() => dismiss(id), options.tone === 'error' ? 10_000 : 6_000);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} className={`toast toast-${toast.tone}`}>
          {toast.href ? (
            <Link to={toast.href} onClick={() => dismiss(toast.id)}>
              {toast.text}
            </Link>
          ) : (
            <span>{toast.text}</span>
          )}
          <button
            type="button"
            className="icon-button"
            aria-label={t('kit.close')}
            onClick={() => dismiss(toast.id)}
          >
            <CloseOutlined />
          </button>
        </div>
      ))}
    </div>
  );
}
