// One system in one month: what it kept of its objective, when it was out, and the year before.
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useSystemAvailability, type MonthFigures, type SystemAvailability } from '@/api/availability';
import { query } from '@/api/client';
import { useMay } from '@/api/session';
import { Loaded } from '@/kit/faces';
import { formatDuration } from '@/kit/format';
import { PageHead, Panel } from '@/kit/panel';
import { Choice } from '@/record/looks';
import './availability.css';
import { formatAvailability } from './figures';
import { MonthBar, useMonth } from './month_bar';
import { Outages } from './outages';
import { Budget, Percent, StateMark, useExcluded } from './parts';

function Headline({ data }: { data: SystemAvailability }) {
  const { t } = useTranslation();
  const excluded = useExcluded(data);
  const known = data.availability !== null;
  return (
    <dl className="availability-facts panel">
      <div>
        <dt>{t('availability.availability')}</dt>
        <dd className="availability-large">
          <Percent item={data} />
        </dd>
        <dd>
          <StateMark met={data.met} />
        </dd>
      </div>
      <div>
        <dt>{t('availability.objective')}</dt>
        <dd className="availability-large figures">{data.objective}%</dd>
        <dd className="muted">{t(`availability.calendar.${data.calendar}`)}</dd>
      </div>
      <div>
        <dt>{t('availability.budget')}</dt>
        <dd className="availability-large">
          <Budget item={data} />
        </dd>
        <dd className="muted">
          {data.budget_ms > 0 && t('availability.budget_of', { text: formatDuration(t, data.budget_ms) })}
        </dd>
      </div>
      <div>
        <dt>{t('availability.downtime')}</dt>
        <dd className="availability-large figures">{known ? formatDuration(t, data.downtime_ms) : '—'}</dd>
        <dd className="muted">{known && t('availability.outages_count', { n: data.outages })}</dd>
      </div>
      <div>
        <dt>{t('availability.source')}</dt>
        <dd className="availability-large">{t(`availability.source.${data.source}`)}</dd>
        <dd className="muted">{t('availability.service', { text: formatDuration(t, data.service_ms) })}</dd>
      </div>
      <div>
        <dt>{t('availability.excluded')}</dt>
        {excluded.length === 0 ? (
          <dd className="muted">{t('availability.nothing_excluded')}</dd>
        ) : (
          excluded.map((part) => <dd key={part}>{part}</dd>)
        )}
      </div>
    </dl>
  );
}

/** Bars are downtime, from nothing: those of percents near 100 would all look alike. */
function Months({ months, shown, id }: { months: MonthFigures[]; shown: string; id: string }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...months.map((one) => one.downtime_ms));
  return (
    <Panel
      title={t('availability.months')}
      extra={<span className="faint">{t('availability.months_hint')}</span>}
    >
      <ol className="availability-months">
        {months.map((one) => (
          <li key={one.month}>
            <Link
              to={`/availability/${id}${query({ month: one.month })}`}
              aria-current={one.month === shown ? 'date' : undefined}
              className="figures"
            >
              {one.month}
            </Link>
            <span className="bar" aria-hidden="true">
              <span
                className={`bar-fill ${one.met === false ? 'availability-over' : ''}`}
                style={{ width: `${(one.downtime_ms / most) * 100}%` }}
              />
            </span>
            <span className="figures">
              {one.availability === null ? '—' : formatAvailability(one.availability)}
            </span>
            <span className="muted">
              {one.availability === null
                ? null
                : t('availability.month_line', { text: formatDuration(t, one.downtime_ms) })}
            </span>
            <StateMark met={one.met} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

export default function AvailabilityPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const may = useMay();
  const [month] = useMonth();
  const found = useSystemAvailability(id, month);
  const { data } = found;
  return (
    <div className="page">
      <p className="record-path">
        <Link to={`/availability${query({ month })}`}>{t('shell.availability')}</Link>{' '}
        <span aria-hidden="true">/</span> <span className="figures">{data?.number}</span>
      </p>
      <PageHead
        title={data?.name ?? t('shell.availability')}
        lead={
          data && (
            <span className="inline-list">
              <Choice kind="system" field="criticality" value={data.criticality} />
              {may('system.read') && <Link to={`/systems/${id}`}>{t('availability.open_system')}</Link>}
            </span>
          )
        }
        extra={<MonthBar period={data} />}
      />
      <Loaded query={found}>
        {(one) => (
          <>
            <Headline data={one} />
            <div className="availability-columns">
              <Outages data={one} />
              <Months months={one.months} shown={one.month} id={id} />
            </div>
          </>
        )}
      </Loaded>
    </div>
  );
}
