// Events that running processes wait for and a migration brings along: each goes on waiting as it does, or
// begins anew by the rule of the new version.
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNaming } from '@/api/processes';
import { Panel } from '@/kit/panel';
import type { DrawnElement } from './drawing';
import type { KeptEvent } from './waiting_events';

interface EventsProps {
  key_: string;
  events: KeptEvent[];
  /** Of the new version. */
  steps: DrawnElement[];
  /** Ids of the new version's events. */
  renewed: string[];
  onChange: (renewed: string[]) => void;
}

function Says({ event: { before, after } }: { event: KeptEvent }) {
  const { t } = useTranslation();
  return (
    <>
      {t(`migrate.awaits_${after.awaits}`)} <code>{before.says}</code>
      {before.says !== after.says && (
        <>
          {' '}
          <span aria-label={t('migrate.in_new_version')}>→</span> <code>{after.says}</code>
        </>
      )}
    </>
  );
}

export function MigrateEvents({ key_, events, steps, renewed, onChange }: EventsProps) {
  const { t } = useTranslation();
  const naming = useNaming();
  const name = (id: string) => naming(`${key_}.${id}`, steps.find((one) => one.id === id)?.name || id);
  if (events.length === 0) return null;
  const turn = (id: string, on: boolean) =>
    onChange(on ? [...renewed, id] : renewed.filter((one) => one !== id));
  return (
    <Panel title={t('migrate.events')}>
      <p className="muted">{t('migrate.events_lead')}</p>
      <ul className="migrate-events">
        {events.map((event) => (
          <li key={event.after.id}>
            <Checkbox
              checked={renewed.includes(event.after.id)}
              onChange={({ target }) => turn(event.after.id, target.checked)}
            >
              {t('migrate.renew', { event: name(event.after.id) })}
            </Checkbox>
            <span className="muted">
              {event.after.at && <>{name(event.after.at)} · </>}
              <Says event={event} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
