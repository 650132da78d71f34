// How the states and grades of a system look.
import { addLooks } from '@/record/looks';

export function addSystemLooks(): void {
  addLooks('system', 'criticality', {
    core: ['accent', 'square'],
    important: ['neutral', 'square'],
    general: ['faint', 'square'],
  });
  addLooks('system', 'state', {
    planned: ['neutral', 'hollow'],
    running: ['green', 'tick'],
    maintenance: ['orange', 'pause'],
    retired: ['faint', 'cross'],
  });
}
