// What the list and the page of one system both show.
import { useTranslation } from 'react-i18next';
import type { Availability } from '@/api/availability';
import { formatDuration } from '@/kit/format';
import { Mark } from '@/kit/marks';
import { budgetState, formatAvailability, formatBudget, stateLooks, stateOf, whyUnknown } from './figures';

export function StateMark({ met }: { met: boolean | null }) {
  const { t } = useTranslation();
  const state = stateOf({ met });
  const [tone, shape] = stateLooks[state];
  return (
    <Mark tone={tone} shape={shape}>
      {t(`availability.state.${state}`)}
    </Mark>
  );
}

/** The percent, or a dash and why there is none. */
export function Percent({ item }: { item: Availability }) {
  const { t } = useTranslation();
  if (item.availability !== null) return <b className="figures">{formatAvailability(item.availability)}</b>;
  return <span className="muted">— {t(`availability.why.${whyUnknown(item)}`)}</span>;
}

/** The used part of the downtime a month may have: bar, number and word. */
export function Budget({ item }: { item: Availability }) {
  const { t } = useTranslation();
  const used = item.availability === null ? null : item.budget_used;
  const state = budgetState(used);
  if (used === null)
    return <span className="faint">{item.availability === null ? '—' : t('availability.budget.none')}</span>;
  return (
    <span className="availability-budget">
      <span className="bar" aria-hidden="true">
        <span
          className={`bar-fill availability-${state}`}
          style={{ width: `${Math.min(100, used * 100)}%` }}
        />
      </span>
      <span className={state === 'over' || state === 'spent' ? 'tone-red' : 'muted'}>
        <span className="figures">{formatBudget(used)}</span> {t(`availability.budget.${state}`)}
      </span>
    </span>
  );
}

/** What does not count, where there is any. */
export function useExcluded(item: Availability): string[] {
  const { t } = useTranslation();
  return (['maintenance', 'unmeasured'] as const)
    .filter((kind) => item[`${kind}_ms`] > 0)
    .map((kind) => t(`availability.${kind}`, { text: formatDuration(t, item[`${kind}_ms`]) }));
}

export function Excluded({ item }: { item: Availability }) {
  const parts = useExcluded(item);
  if (parts.length === 0) return <span className="faint">–</span>;
  return (
    <span className="availability-two muted">
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </span>
  );
}
