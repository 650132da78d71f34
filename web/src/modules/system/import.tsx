// Systems from a file.
import { ImportRecords } from '@/record/import';
import { asked } from './asked';

export default function Import() {
  return <ImportRecords kind="system" plural="systems" fields={asked} />;
}
