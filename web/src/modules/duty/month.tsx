// A month of duties: one line for each occurrence, with its state as shape and colour.
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DutyOccurrence } from '@/api/types';
import { Empty } from '@/kit/faces';
import { formatDay, formatInstant } from '@/kit/format';
import { useTheme } from '@/kit/theme';
import { byDay, weeksOf } from './days';
import { DayName, MonthGrid } from './month_grid';
import { DutyShape } from './state';

interface MonthProps {
  items: DutyOccurrence[];
  now: number;
  onChoose: (item: DutyOccurrence) => void;
}

const hour = (at: string) => formatInstant(at).slice(11);

type AgendaProps = Omit<MonthProps, 'items'> & { days: Map<string, DutyOccurrence[]>; month: string };

/** The month on a narrow screen: the days that have something, one below the other. */
function Agenda({ days, month, now, onChoose }: AgendaProps) {
  const { t } = useTranslation();
  const shown = [...days].filter(([day]) => day.startsWith(month)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (shown.length === 0) return <Empty title={t('duty.none_month')} />;
  return (
    <ul className="agenda" aria-label={t('duty.calendar')}>
      {shown.map(([day, items]) => (
        <li key={day}>
          <DayName day={day} />
          {items.map((item) => (
            <Item key={item.id} item={item} now={now} onChoose={onChoose} />
          ))}
        </li>
      ))}
    </ul>
  );
}

function Item({ item, now, onChoose }: { item: DutyOccurrence } & Omit<MonthProps, 'items'>) {
  return (
    <button type="button" className="month-item" onClick={() => onChoose(item)}>
      <DutyShape item={item} now={now} /> <span className="figures">{hour(item.due_at)}</span> {item.title}
    </button>
  );
}

export function Month({ items, now, onChoose }: MonthProps) {
  const { t } = useTranslation();
  const [apart, setApart] = useState(0);
  const shown = new Date(new Date(now).getFullYear(), new Date(now).getMonth() + apart, 1);
  const [year, month] = [shown.getFullYear(), shown.getMonth() + 1];
  const days = byDay(items);
  const today = formatDay(now);
  const { phone } = useTheme();
  return (
    <>
      <div className="month-bar">
        <Button icon={<LeftOutlined />} aria-label={t('duty.earlier')} onClick={() => setApart(apart - 1)} />
        <b className="figures" aria-live="polite">
          {t('duty.month', { year, month })}
        </b>
        <Button icon={<RightOutlined />} aria-label={t('duty.later')} onClick={() => setApart(apart + 1)} />
        {apart !== 0 && <Button onClick={() => setApart(0)}>{t('duty.this_month')}</Button>}
      </div>
      {phone ? (
        <Agenda
          days={days}
          month={`${year}-${String(month).padStart(2, '0')}`}
          now={now}
          onChoose={onChoose}
        />
      ) : (
        <MonthGrid label={t('duty.calendar')} weeks={weeksOf(year, month)} month={month} today={today}>
          {(day) =>
            (days.get(day) ?? []).map((item) => (
              <Item key={item.id} item={item} now={now} onChoose={onChoose} />
            ))
          }
        </MonthGrid>
      )}
    </>
  );
}
