// A new maintenance window, with the days on which it will open.
import { NewRecord } from '@/record/new';
import { asked } from './asked';
import { Preview } from './preview';

export default function New() {
  return (
    <NewRecord
      kind="maintenance_window"
      plural="maintenance_windows"
      fields={asked}
      standard={{ days: 'every' }}
      below={(valueOf) => <Preview valueOf={valueOf} />}
    />
  );
}
