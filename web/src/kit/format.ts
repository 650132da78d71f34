// How times, durations and figures are written. Pure functions of their arguments.
import type { TFunction } from 'i18next';

const two = (n: number) => String(n).padStart(2, '0');

export function formatDay(value: string | number | Date): string {
  const d = new Date(value);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

/** 2026-11-23 14:05, in the time zone of the browser. */
export function formatInstant(value: string | number | Date): string {
  const d = new Date(value);
  if (Number.isNaN(d.getTime())) return '';
  return `${formatDay(d)} ${two(d.getHours())}:${two(d.getMinutes())}`;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** 2 小时 15 分; the two largest units, seconds only below a minute. */
export function formatDuration(t: TFunction, milliseconds: number): string {
  const ms = Math.abs(milliseconds);
  if (ms < minute) return t('kit.seconds', { n: Math.floor(ms / 1000) });
  const days = Math.floor(ms / day);
  const hours = Math.floor((ms % day) / hour);
  const minutes = Math.floor((ms % hour) / minute);
  const parts: string[] = [];
  if (days) parts.push(t('kit.days', { n: days }));
  if (hours) parts.push(t('kit.hours', { n: hours }));
  if (minutes && !days) parts.push(t('kit.minutes', { n: minutes }));
  return parts.join(' ');
}

/** "5 分钟前", "3 小时后"; the day itself beyond a month. */
export function formatRelative(t: TFunction, value: string | number | Date, now: number): string {
  const at = new Date(value).getTime();
  const apart = Math.abs(now - at);
  if (apart < minute) return t('kit.just_now');
  if (apart > 30 * day) return formatDay(value);
  const text =
    apart < hour
      ? t('kit.minutes', { n: Math.floor(apart / minute) })
      : apart < day
        ? t('kit.hours', { n: Math.floor(apart / hour) })
        : t('kit.days', { n: Math.floor(apart / day) });
  return t(at <= now ? 'kit.ago' : 'kit.ahead', { text });
}

export function formatPercent(ratio: number, digits = 2): string {
  return `${(ratio * 100).toFixed(digits)}%`;
}

/** Short forms of the units that boards name in words. */
const units: Record<string, string> = { none: '', load: '' };

const steps = ['', 'K', 'M', 'G', 'T', 'P'];

/** A measured value with its unit: bytes in powers of 1024, ratios as percent, others in powers of 1000. */
export function formatValue(value: number | null | undefined, named = ''): string {
  const unit = units[named] ?? named;
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (unit === 'ratio') return `${(value * 100).toFixed(1)}%`;
  if (unit === 'percent' || unit === '%') return `${value.toFixed(1)}%`;
  const bytes = unit.startsWith('bytes') || unit.startsWith('B');
  const base = bytes ? 1024 : 1000;
  let scaled = value;
  let step = 0;
  while (Math.abs(scaled) >= base && step < steps.length - 1) {
    scaled /= base;
    step += 1;
  }
  const digits = Math.abs(scaled) >= 100 || Number.isInteger(scaled) ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
  const shownUnit = bytes ? unit.replace('bytes', 'B') : unit;
  return `${scaled.toFixed(digits)} ${steps[step]}${shownUnit}`.trim();
}

/** The instant of a text as 2026-11-23 14:05 (also with / and T), or null. */
export function parseInstant(text: string): string | null {
  const found = /^\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T]+(\d{1,2}):(\d{2})\s*$/.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0] = found.slice(1).map(Number);
  const made = new Date(year, month - 1, day, hours, minutes);
  const same = made.getMonth() === month - 1 && made.getDate() === day && hours < 24 && minutes < 60;
  return same ? made.toISOString() : null;
}

/** The value of an <input type="datetime-local"> for an instant, and back. */
export function toLocalInput(value: string | number | Date): string {
  return formatInstant(value).replace(' ', 'T');
}

export function fromLocalInput(value: string): string | null {
  const d = new Date(value);
  return value === '' || Number.isNaN(d.getTime()) ? null : d.toISOString();
}
