// Weeks as a table, a cell for each day.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface GridProps {
  label: string;
  weeks: string[][];
  /** Days of other months are faint; null: there is no month. */
  month: number | null;
  today: string;
  children: (day: string) => ReactNode;
}

export function MonthGrid({ label, weeks, month, today, children }: GridProps) {
  const { t } = useTranslation();
  return (
    <div className="month-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="month">
        <thead>
          <tr>
            {[1, 2, 3, 4, 5, 6, 0].map((day) => (
              <th key={day} scope="col">
                {t(`day.week_${day}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td
                  key={day}
                  data-today={day === today || undefined}
                  data-other={(month !== null && Number(day.slice(5, 7)) !== month) || undefined}
                >
                  <span className="month-day figures">{Number(day.slice(8))}</span>
                  {children(day)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A day of a list, with its name in the week. */
export function DayName({ day }: { day: string }) {
  const { t } = useTranslation();
  return (
    <>
      <b className="figures">{day}</b>{' '}
      <span className="muted">{t(`day.week_${new Date(`${day}T12:00`).getDay()}`)}</span>
    </>
  );
}
