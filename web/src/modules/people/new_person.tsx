// A new person of the organisation.
import { NewRecord } from '@/record/new';
import { asked } from './asked';

export default function New() {
  return <NewRecord kind="person" plural="people" fields={asked.person} standard={{ active: true }} />;
}
