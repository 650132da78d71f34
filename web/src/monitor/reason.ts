// Why a target is down: what the server says of it, led by plain words where the reason is a common one.
import i18next from 'i18next';

const common: [RegExp, string][] = [
  [/connection refused/i, 'monitor.reason.refused'],
  [/timed? ?out|timeout|in time/i, 'monitor.reason.timeout'],
  [/HTTP status (?<why>\d+)/i, 'monitor.reason.status'],
  [/host not found|not resolve/i, 'monitor.reason.unknown_host'],
];

/** What was exactly said stays in brackets, so that nothing is lost. */
export function reasonOf(target: { last_error: string | null; reason?: string | null }): string {
  const error = target.last_error ?? '';
  const exactly = target.reason ?? error;
  const [pattern, key] = common.find(([one]) => one.test(error)) ?? [];
  if (!pattern || !key || i18next.language === 'en') return exactly;
  return `${i18next.t(key, pattern.exec(error)?.groups ?? {})}（${exactly}）`;
}
