// How the states of a maintenance window look.
import { addLooks } from '@/record/looks';

export function addMaintenanceLooks(): void {
  addLooks('maintenance_window', 'state', {
    planned: ['accent', 'hollow'],
    cancelled: ['faint', 'cross'],
  });
}
