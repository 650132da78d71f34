// When a rule would have fired: one stretch for each alert, from its changes.
import type { RuleChange } from '@/api/rules';

export interface Interval {
  labels: Record<string, string>;
  /** The last one it had. */
  severity: string;
  /** Seconds; without an end it was still firing. */
  from: number;
  to: number | null;
}

const seconds = (at: string) => new Date(at).getTime() / 1000;

export function intervalsOf(changes: RuleChange[]): Interval[] {
  const found = new Map<string, Interval>();
  for (const change of changes) {
    if (!change.firedAt) continue;
    const labels = Object.fromEntries(Object.entries(change.labels).filter(([name]) => name !== 'severity'));
    const key = JSON.stringify([labels, change.activeAt]);
    const known = found.get(key) ?? {
      labels,
      severity: change.severity,
      from: seconds(change.firedAt),
      to: null,
    };
    known.severity = change.severity || known.severity;
    if (change.state === 'resolved' && change.resolvedAt) known.to = seconds(change.resolvedAt);
    found.set(key, known);
  }
  return [...found.values()].sort((a, b) => a.from - b.from);
}
