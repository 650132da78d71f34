// The plan of a window from the fields of its form or record.
import type { WindowPlan } from '@/api/maintenance';

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

/** What a preview is asked with; a choice that says nothing is left out. */
export function planOf(valueOf: (name: string) => unknown): WindowPlan {
  const [recurrence, days] = [text(valueOf('recurrence')), text(valueOf('days'))];
  return {
    starts_at: text(valueOf('starts_at')),
    ends_at: text(valueOf('ends_at')),
    ...(recurrence !== '' && { recurrence }),
    ...(days !== '' && { days }),
  };
}
