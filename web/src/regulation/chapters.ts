// The catalogue in order, chapter by chapter, cut down to what is asked for.
import type { ClauseState, ClauseSummary } from '@/api/types';

export interface ChapterPart {
  id: string;
  title: string;
  /** Sections and clauses, in order. */
  items: ClauseSummary[];
}

export function counts(items: ClauseSummary[]): Record<ClauseState, number> {
  const made: Record<ClauseState, number> = { held: 0, violated: 0, stale: 0, no_control: 0 };
  for (const item of items) if (item.state) made[item.state] += 1;
  return made;
}

/** 3.4.10 after 3.4.9. */
function inOrder(a: ClauseSummary, b: ClauseSummary): number {
  return a.id.localeCompare(b.id, 'en', { numeric: true });
}

export function chaptersOf(all: ClauseSummary[], state: string | null, text: string): ChapterPart[] {
  const wanted = text.trim().toLowerCase();
  const ordered = [...all].sort(inOrder);
  const found = ordered.filter(
    (item) =>
      item.state &&
      (!state || item.state === state) &&
      `${item.id} ${item.title}`.toLowerCase().includes(wanted),
  );
  const parts = new Map<string, ChapterPart>();
  for (const item of ordered) {
    const id = item.id.split('.')[0] ?? '';
    const part = parts.get(id) ?? { id, title: '', items: [] };
    parts.set(id, part);
    if (item.kind === 'chapter') part.title = item.title;
    else if (found.includes(item)) part.items.push(item);
    else if (!item.state && found.some((one) => one.id.startsWith(`${item.id}.`))) part.items.push(item);
  }
  return [...parts.values()].filter((part) => part.items.length > 0);
}
