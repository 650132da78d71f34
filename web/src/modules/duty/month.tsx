// A month of duties: one line for each occurrence, with its state as shape and colour.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DutyOccurrence } from '@/api/types';
import { Empty } from '@/kit/faces';
import { formatDay, formatInstant } from '@/kit/format';
import { DayName, MonthBar, MonthGrid, monthAfter, weeksOf } from '@/kit/month';
import { useTheme } from '@/kit/theme';
import { byDay } from './days';
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
  const { year, month } = monthAfter(now, apart);
  const days = byDay(items);
  const today = formatDay(now);
  const { phone } = useTheme();
  return (
    <>
      <MonthBar year={year} month={month} apart={apart} onMove={setApart} />
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
