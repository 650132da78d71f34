// What the check of a migration says of each running process.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useInstances } from '@/api/processes';
import type { MigrationCheck, RunningRecord } from '@/api/process_types';
import { Mark, ShapeMark } from '@/kit/marks';
import { useRecordAddress } from './record_address';

const most_shown = 50;

export function MigrateVerdict({ from, check }: { from: string; check: MigrationCheck }) {
  const { t } = useTranslation();
  const address = useRecordAddress();
  const running = useInstances(from, '').data?.pages.flatMap((page) => page.items) ?? [];
  const cannot = check.items.slice(0, most_shown);
  const refused = new Set(check.items.map((one) => one.instance));
  const can = running.filter((one) => !refused.has(one.id)).slice(0, most_shown - cannot.length);
  const more = check.looked_at - cannot.length - can.length;
  const record = (one: RunningRecord) => (
    <Link to={address(one.record_kind, one.record)}>
      <span className="figures muted">{one.number}</span> {one.title ?? one.record}
    </Link>
  );
  return (
    <>
      <p role="status">
        <ShapeMark shape={cannot.length > 0 ? 'cross' : 'tick'} tone={cannot.length > 0 ? 'red' : 'green'} />{' '}
        {cannot.length > 0
          ? t('migrate.some_cannot', { n: check.items.length, of: check.looked_at })
          : t('migrate.all_can', { n: check.looked_at })}
      </p>
      <ul className="migrate-verdict">
        {cannot.map((one) => (
          <li key={one.instance}>
            <Mark shape="cross" tone="red">
              {t('migrate.cannot_go')}
            </Mark>{' '}
            {record(one)}
            <ul>
              {one.problems.map((problem) => (
                <li key={problem.element + problem.text}>{problem.text}</li>
              ))}
            </ul>
          </li>
        ))}
        {can.map((one) => (
          <li key={one.id}>
            <Mark shape="tick" tone="green">
              {t('migrate.can_go')}
            </Mark>{' '}
            {record(one)}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="muted">{t('migrate.more', { n: more })}</p>}
    </>
  );
}
