// A drawing somebody works on, kept in this browser until it is published or thrown away.
import { keep, kept } from '@/kit/keep';

export interface ProcessDraft {
  xml: string;
  /** Version it began from. */
  base: string;
  at: number;
}

const name = (key: string) => `process.${key}`;

export function draftOf(key: string): ProcessDraft | null {
  return kept<ProcessDraft | null>(name(key), null);
}

export function keepDraft(key: string, draft: ProcessDraft | null): void {
  keep(name(key), draft ?? undefined);
}
