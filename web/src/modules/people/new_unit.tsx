// A new unit of the organisation.
import { NewRecord } from '@/record/new';
import { asked } from './asked';

export default function New() {
  return <NewRecord kind="unit" plural="units" fields={asked.unit} standard={{ kind: 'department' }} />;
}
