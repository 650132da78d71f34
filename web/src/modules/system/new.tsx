// A new system of the register.
import { NewRecord } from '@/record/new';
import { asked } from './asked';

export default function New() {
  return (
    <NewRecord
      kind="system"
      plural="systems"
      fields={asked}
      standard={{ criticality: 'general', state: 'running', target_template: 'node' }}
    />
  );
}
