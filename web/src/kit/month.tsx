// Weeks as a table, a cell for each day, and the bar that leads from month to month.
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from './format';
import './month.css';

/** The weeks that hold a month, from Monday, as days ("2026-11-02"). */
export function weeksOf(year: number, month: number): string[][] {
  const first = new Date(year, month - 1, 1);
  const offset = (first.getDay() + 6) % 7;
  const days = new Date(year, month, 0).getDate();
  const weeks = Math.ceil((offset + days) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => formatDay(new Date(year, month - 1, 1 - offset + week * 7 + day))),
  );
}

/** The month that many months after the one of the moment. */
export function monthAfter(now: number, apart: number): { year: number; month: number } {
  const shown = new Date(new Date(now).getFullYear(), new Date(now).getMonth() + apart, 1);
  return { year: shown.getFullYear(), month: shown.getMonth() + 1 };
}

interface BarProps {
  year: number;
  month: number;
  /** Months from the present one. */
  apart: number;
  onMove: (apart: number) => void;
}

export function MonthBar({ year, month, apart, onMove }: BarProps) {
  const { t } = useTranslation();
  return (
    <div className="month-bar">
      <Button icon={<LeftOutlined />} aria-label={t('kit.earlier_month')} onClick={() => onMove(apart - 1)} />
      <b className="figures" aria-live="polite">
        {t('kit.month', { year, month })}
      </b>
      <Button icon={<RightOutlined />} aria-label={t('kit.later_month')} onClick={() => onMove(apart + 1)} />
      {apart !== 0 && <Button onClick={() => onMove(0)}>{t('kit.this_month')}</Button>}
    </div>
  );
}

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
