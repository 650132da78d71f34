// Units from a file.
import { ImportRecords } from '@/record/import';
import { asked } from './asked';

export default function Import() {
  return <ImportRecords kind="unit" plural="units" fields={asked.unit} />;
}
