// Maintenance windows over a month: each on the days it opens, holidays and make-up workdays marked.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMaintenanceCalendar, type MaintenanceCalendar, type PlannedOpening } from '@/api/maintenance';
import { Empty, Loaded } from '@/kit/faces';
import { formatDay, formatInstant } from '@/kit/format';
import { DayName, MonthBar, MonthGrid, monthAfter, weeksOf } from '@/kit/month';
import { PageHead, Panel } from '@/kit/panel';
import { useTheme } from '@/kit/theme';
import { useNow } from '@/kit/time';

const hour = (at: string) => formatInstant(at).slice(11);

function Item({ opening }: { opening: PlannedOpening }) {
  const { t } = useTranslation();
  return (
    <Link
      to={`/maintenance_windows/${opening.window}`}
      className="month-item"
      title={opening.provisional ? t('maintenance_window.provisional') : undefined}
    >
      <span className="figures faint">
        {hour(opening.from)}–{hour(opening.to)}
      </span>{' '}
      {opening.title}
      {opening.provisional && ' ?'}
    </Link>
  );
}

function Mark({ data, day }: { data: MaintenanceCalendar; day: string }) {
  const { t } = useTranslation();
  const special = data.days.find((one) => one.day === day);
  if (!special) return null;
  return (
    <span className={special.working ? 'muted' : 'tone-orange'}>
      {special.working ? t('maintenance_window.make_up') : special.name}
    </span>
  );
}

export default function Calendar() {
  const { t } = useTranslation();
  const now = useNow();
  const { phone } = useTheme();
  const [apart, setApart] = useState(0);
  const { year, month } = monthAfter(now, apart);
  const weeks = weeksOf(year, month);
  const [first, last] = [weeks[0]?.[0] ?? '', weeks.at(-1)?.at(-1) ?? ''];
  const calendar = useMaintenanceCalendar(
    new Date(`${first}T00:00`).toISOString(),
    new Date(`${last}T24:00`).toISOString(),
  );
  const on = (data: MaintenanceCalendar, day: string) =>
    data.openings.filter((one) => formatDay(one.from) === day);
  return (
    <div className="page">
      <PageHead
        title={t('maintenance_window.calendar')}
        lead={
          <>
            {t('maintenance_window.calendar_lead')}{' '}
            <Link to="/maintenance_windows">{t('maintenance_window.as_list')}</Link>
          </>
        }
      />
      <Panel>
        <MonthBar year={year} month={month} apart={apart} onMove={setApart} />
        <Loaded query={calendar}>
          {(data) => {
            const days = weeks.flat().filter((day) => Number(day.slice(5, 7)) === month);
            const shown = days.filter((day) => on(data, day).length > 0);
            if (phone && shown.length === 0) return <Empty title={t('maintenance_window.none_month')} />;
            return phone ? (
              <ul className="agenda">
                {shown.map((day) => (
                  <li key={day} data-today={day === formatDay(now) || undefined}>
                    <DayName day={day} /> <Mark data={data} day={day} />
                    {on(data, day).map((one) => (
                      <Item key={one.window + one.from} opening={one} />
                    ))}
                  </li>
                ))}
              </ul>
            ) : (
              <MonthGrid
                label={t('maintenance_window.calendar')}
                weeks={weeks}
                month={month}
                today={formatDay(now)}
              >
                {(day) => (
                  <>
                    <Mark data={data} day={day} />
                    {on(data, day).map((one) => (
                      <Item key={one.window + one.from} opening={one} />
                    ))}
                  </>
                )}
              </MonthGrid>
            );
          }}
        </Loaded>
      </Panel>
    </div>
  );
}
