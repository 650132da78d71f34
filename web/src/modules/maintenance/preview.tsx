// When a window opens next, while it is written and afterwards.
import { useTranslation } from 'react-i18next';
import { useOpenings, type WindowPlan } from '@/api/maintenance';
import { useDelayed } from '@/kit/delayed';
import { formatInstant } from '@/kit/format';
import { DayName } from '@/kit/month';
import { Refusal } from '@/record/refusal';
import { planOf } from './plan';

export function Preview({ valueOf }: { valueOf: (name: string) => unknown }) {
  const { t } = useTranslation();
  const plan = JSON.parse(useDelayed(JSON.stringify(planOf(valueOf)))) as WindowPlan;
  const { data, error } = useOpenings(plan);
  if (plan.starts_at === '' || plan.ends_at === '') return null;
  if (error) return <Refusal error={error} />;
  if (!data) return null;
  if (data.openings.length === 0) return <p className="muted">{t('maintenance_window.no_openings')}</p>;
  return (
    <section aria-label={t('maintenance_window.openings')}>
      <p className="muted">{t('maintenance_window.openings_lead')}</p>
      <ul className="lines">
        {data.openings.map(({ from, to, provisional }) => (
          <li key={from}>
            <span>
              <DayName day={formatInstant(from).slice(0, 10)} />{' '}
              <span className="figures">
                {formatInstant(from).slice(11)} –{' '}
                {formatInstant(to).slice(from.slice(0, 10) === to.slice(0, 10) ? 11 : 5)}
              </span>{' '}
              {provisional && <span className="tone-orange">{t('maintenance_window.provisional')}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
