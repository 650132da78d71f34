// A new maintenance window.
import { NewRecord } from '@/record/new';
import { asked } from './asked';

export default function New() {
  return <NewRecord kind="maintenance_window" plural="maintenance_windows" fields={asked} />;
}
