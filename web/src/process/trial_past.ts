// What a trial has been through, and how long it waits.
import type { TrialAnswer } from '@/api/process_types';

interface TrialEvent {
  element?: string;
}

/** Elements that something happened at, each once. */
export function pastOf(answers: TrialAnswer[]): string[] {
  const events = answers.flatMap((answer) => answer.events as TrialEvent[]);
  return [...new Set(events.flatMap((event) => event.element ?? []))];
}

/** The time from one moment to another in whole seconds, as the clock is told (ISO 8601); never backwards. */
export function timeTo(now: string, due: string): string {
  const seconds = Math.ceil((new Date(due).getTime() - new Date(now).getTime()) / 1000);
  return `PT${Math.max(0, seconds)}S`;
}
