// Why a target is down: what the scraper said, in the reader's words where the reason is a common one.
import i18next from 'i18next';

const common: [RegExp, string][] = [
  [/connection refused/i, 'monitor.reason.refused'],
  [/timed? ?out|timeout|in time/i, 'monitor.reason.timeout'],
  [/HTTP status (?<why>\d+)/i, 'monitor.reason.status'],
  [/host not found|not resolve/i, 'monitor.reason.unknown_host'],
];

/** The scraper's own words stay in brackets, so that nothing is lost. */
export function reasonOf(error: string): string {
  const [pattern, key] = common.find(([one]) => one.test(error)) ?? [];
  if (!pattern || !key) return error;
  const said = i18next.t(key, pattern.exec(error)?.groups ?? {});
  return i18next.language === 'en' ? error : `${said}（${error}）`;
}
