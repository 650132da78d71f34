// Maintenance windows from a file.
import { ImportRecords } from '@/record/import';
import { asked } from './asked';

export default function Import() {
  return <ImportRecords kind="maintenance_window" plural="maintenance_windows" fields={asked} />;
}
