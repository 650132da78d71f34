// How the states and grades of a fault look.
import { addLooks } from '@/record/looks';

export function addIncidentLooks(): void {
  addLooks('incident', 'priority', {
    p1: ['red', 'square'],
    p2: ['orange', 'square'],
    p3: ['neutral', 'square'],
    p4: ['faint', 'square'],
  });
  addLooks('incident', 'severity', {
    critical: ['red', 'triangle'],
    major: ['orange', 'triangle'],
    minor: ['neutral', 'triangle'],
    low: ['faint', 'triangle'],
  });
  addLooks('incident', 'urgency', {
    high: ['orange', 'dot'],
    medium: ['neutral', 'dot'],
    low: ['faint', 'dot'],
  });
  addLooks('incident', 'state', {
    reported: ['accent', 'hollow'],
    assessed: ['accent', 'ring'],
    diagnosing: ['accent', 'half'],
    repairing: ['accent', 'half'],
    testing: ['accent', 'half'],
    confirming: ['accent', 'dot'],
    summarising: ['accent', 'dot'],
    reviewing: ['accent', 'dot'],
    closed: ['green', 'tick'],
    cancelled: ['faint', 'cross'],
  });
}
