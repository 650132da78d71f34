// The address of a new silence for an alert: its labels as matchers, for the next two hours.
import type { Alert } from '@/api/types';

const two_hours_ms = 2 * 3_600_000;

const quoted = (text: string) =>
  `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;

/** The name of the alert and where it is; further labels would miss it when they change. */
export function matchersOf(alert: Pick<Alert, 'name' | 'labels'>): string {
  const known = [['alertname', alert.name]];
  if (alert.labels.instance) known.push(['instance', alert.labels.instance]);
  return `{${known.map(([name, value]) => `${name}=${quoted(value ?? '')}`).join(',')}}`;
}

export function silenceAddress(alert: Pick<Alert, 'name' | 'labels'>, now: number): string {
  const asked = new URLSearchParams({
    matchers: matchersOf(alert),
    starts_at: new Date(now).toISOString(),
    ends_at: new Date(now + two_hours_ms).toISOString(),
  });
  return `/silences/new?${asked}`;
}
