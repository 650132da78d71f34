// One person.
import { useParams } from 'react-router';
import { useMay } from '@/api/session';
import type { Group } from '@/record/fields';
import { RecordPage } from '@/record/page';

export const groups: Group[] = [
  { title: 'person.group', fields: ['name', 'unit', 'post', 'phone', 'email', 'crew', 'active'] },
];

export default function Person() {
  const { id = '' } = useParams();
  const may = useMay();
  return (
    <RecordPage
      kind="person"
      plural="people"
      id={id}
      groups={groups}
      head={[]}
      people={['unit']}
      editable={may('person.write')}
    />
  );
}
