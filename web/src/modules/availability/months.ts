// Months as text ("2026-11"), the form of the address and of the server.

/** The text as a month, or null when it is none. */
export function readMonth(text: string | null): string | null {
  return text && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : null;
}

/** The month so many months after another; before it when negative. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, ordinal = 0] = month.split('-').map(Number);
  const count = year * 12 + ordinal - 1 + by;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** The month an instant falls into, in an IANA time zone; without one in the browser's. */
export function monthOf(at: number, zone?: string): string {
  const parts = new Intl.DateTimeFormat('en', { year: 'numeric', month: '2-digit', timeZone: zone });
  const found = Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, part.value]));
  return `${found.year}-${found.month}`;
}
