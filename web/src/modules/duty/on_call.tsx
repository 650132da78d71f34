// On call: who is there now and next, a week or a month of every rota, and who stands in for whom.
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useOnCall, useStandIns, type OnCall, type Rota, type Shift, type StandIn } from '@/api/on_call';
import { useMay, useSession } from '@/api/session';
import { Empty, Loaded } from '@/kit/faces';
import { formatDay, formatInstant } from '@/kit/format';
import { DayName, MonthGrid, weeksOf } from '@/kit/month';
import { PageHead, Panel } from '@/kit/panel';
import { useTheme } from '@/kit/theme';
import { useNow } from '@/kit/time';
import { Refusal } from '@/record/refusal';
import { atWork, nowAndNext, shiftsByDay } from './shifts';
import { AddStandIn } from './stand_in';
import './duty.css';

const day_ms = 86_400_000;
const hour = (at: string) => formatInstant(at).slice(11);

function People({ shift, rota, stand_ins }: { shift: Shift; rota: Rota; stand_ins: StandIn[] }) {
  const { t } = useTranslation();
  const people = atWork(shift, rota.role, stand_ins);
  if (people.length === 0) return <span className="tone-orange">{t('on_call.nobody')}</span>;
  return (
    <>
      {people.map((one, at) => (
        <span key={at}>
          {at > 0 && t('kit.comma')}
          {one.name}
          {one.instead_of && (
            <span className="muted">
              {t(one.partly ? 'on_call.partly_for' : 'on_call.stands_in_for', { whom: one.instead_of })}
            </span>
          )}
        </span>
      ))}
    </>
  );
}

function Standing({ rota, data, now }: { rota: Rota; data: OnCall; now: number }) {
  const { t } = useTranslation();
  const found = nowAndNext(rota, now);
  const line = (shift: Shift) => (
    <p key={shift.from + shift.crew}>
      <b>
        <People shift={shift} rota={rota} stand_ins={data.stand_ins} />
      </b>{' '}
      <span className="muted">
        {[shift.crew_name, shift.shift_name].filter(Boolean).join(' ')}{' '}
        <span className="figures">
          {hour(shift.from)}–{hour(shift.to)}
        </span>
      </span>
    </p>
  );
  return (
    <section className="on-call-now">
      <h3>{rota.name}</h3>
      <div>
        <span className="faint">{t('on_call.now')}</span>
        {found.now.length > 0 ? found.now.map(line) : <p className="muted">{t('on_call.nobody_now')}</p>}
      </div>
      <div>
        <span className="faint">
          {t('on_call.next')} {found.next[0] && formatInstant(found.next[0].from)}
        </span>
        {found.next.length > 0 ? found.next.map(line) : <p className="muted">{t('on_call.none_next')}</p>}
      </div>
    </section>
  );
}

function StandIns({ data, now }: { data: OnCall; now: number }) {
  const { t } = useTranslation();
  const { person, permissions } = useSession();
  const { end } = useStandIns();
  const coming = data.stand_ins.filter((one) => Date.parse(one.ends_at) > now);
  const scope = permissions['rota.write'] ?? 'none';
  const mayEnd = (one: StandIn) =>
    scope === 'all' || (scope !== 'none' && (one.person === person.id || one.deputy === person.id));
  if (coming.length === 0) return <p className="muted">{t('on_call.no_stand_ins')}</p>;
  return (
    <>
      <Refusal error={end.error} />
      <ul className="lines">
        {coming.map((one) => (
          <li key={one.id}>
            <span>
              <b>{t('on_call.line', { who: one.deputy_name, whom: one.person_name })}</b>{' '}
              <span className="muted figures">
                {formatInstant(one.starts_at)} – {formatInstant(one.ends_at)}
              </span>{' '}
              <span className="muted">
                {one.swap_of && `${t('on_call.swap')} · `}
                {one.reason}
              </span>
            </span>
            {mayEnd(one) && (
              <Button size="small" danger loading={end.isPending} onClick={() => end.mutate(one.id)}>
                {t('on_call.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Day({ shifts, rota, data }: { shifts: Shift[]; rota: Rota; data: OnCall }) {
  return (
    <>
      {shifts.map((shift) => (
        <span key={shift.from + shift.crew} className="on-call-shift">
          <span className="faint figures">{hour(shift.from)}</span>{' '}
          {shift.shift_name && <span className="muted">{shift.shift_name} </span>}
          {shift.people.length === 0 && <span className="muted">{shift.crew_name} </span>}
          <People shift={shift} rota={rota} stand_ins={data.stand_ins} />
        </span>
      ))}
    </>
  );
}

interface CalendarProps {
  weeks: string[][];
  month: number | null;
  rota: Rota;
  data: OnCall;
  now: number;
}

function Calendar({ weeks, month, rota, data, now }: CalendarProps) {
  const { phone } = useTheme();
  const days = shiftsByDay(rota);
  const today = formatDay(now);
  if (phone)
    return (
      <ul className="agenda" aria-label={rota.name}>
        {weeks
          .flat()
          .filter((day) => month === null || Number(day.slice(5, 7)) === month)
          .map((day) => (
            <li key={day} data-today={day === today || undefined}>
              <DayName day={day} />
              <Day shifts={days.get(day) ?? []} rota={rota} data={data} />
            </li>
          ))}
      </ul>
    );
  return (
    <MonthGrid label={rota.name} weeks={weeks} month={month} today={today}>
      {(day) => <Day shifts={days.get(day) ?? []} rota={rota} data={data} />}
    </MonthGrid>
  );
}

/** The week that holds the day, from Monday. */
function weekOf(at: number): string[] {
  const day = new Date(at);
  const monday = new Date(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7));
  return Array.from({ length: 7 }, (_, index) =>
    formatDay(new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + index)),
  );
}

export default function OnCallPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const may = useMay()('rota.write');
  const now = useNow();
  const [apart, setApart] = useState(0);
  const [adding, setAdding] = useState(false);
  const span = params.get('span') === 'week' ? 'week' : 'month';
  const begin = new Date(new Date(now).getFullYear(), new Date(now).getMonth() + apart, 1);
  const month = begin.getMonth() + 1;
  const weeks = span === 'month' ? weeksOf(begin.getFullYear(), month) : [weekOf(now + apart * 7 * day_ms)];
  const days = weeks.flat();
  const from = new Date(`${days[0]}T00:00`).toISOString();
  const to = new Date(new Date(`${days[days.length - 1]}T00:00`).getTime() + day_ms).toISOString();
  const today = new Date(`${formatDay(now)}T00:00`).getTime();
  const standing = useOnCall(
    new Date(today - day_ms).toISOString(),
    new Date(today + 14 * day_ms).toISOString(),
  );
  const calendar = useOnCall(from, to);
  const set = (key: string, value: string) => {
    const next = new URLSearchParams(params);
    next.set(key, value);
    setParams(next, { replace: true });
  };
  return (
    <div className="page">
      <PageHead
        title={t('shell.on_call')}
        lead={t('on_call.lead')}
        extra={
          may && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('on_call.add')}
            </Button>
          )
        }
      />
      <Loaded
        query={standing}
        isEmpty={(data) => data.rotas.length === 0}
        empty={<Empty title={t('on_call.no_rota')} hint={t('on_call.no_rota_hint')} />}
      >
        {(data) => (
          <>
            <div className="on-call-rotas">
              {data.rotas.map((rota) => (
                <Standing key={rota.role} rota={rota} data={data} now={now} />
              ))}
            </div>
            <Panel title={t('on_call.stand_ins')}>
              <StandIns data={data} now={now} />
            </Panel>
            {adding && <AddStandIn rotas={data.rotas} onClose={() => setAdding(false)} />}
          </>
        )}
      </Loaded>
      <Loaded query={calendar}>
        {(data) => {
          const rota = data.rotas.find((one) => one.role === params.get('rota')) ?? data.rotas[0];
          if (!rota) return null;
          return (
            <>
              <div className="month-bar">
                <Button
                  icon={<LeftOutlined />}
                  aria-label={t('kit.earlier_month')}
                  onClick={() => setApart(apart - 1)}
                />
                <b className="figures" aria-live="polite">
                  {span === 'month'
                    ? t('kit.month', { year: begin.getFullYear(), month })
                    : `${days[0]} – ${days[6]}`}
                </b>
                <Button
                  icon={<RightOutlined />}
                  aria-label={t('kit.later_month')}
                  onClick={() => setApart(apart + 1)}
                />
                <Segmented
                  aria-label={t('on_call.span')}
                  value={span}
                  options={['week', 'month'].map((value) => ({ value, label: t(`on_call.${value}`) }))}
                  onChange={(value) => {
                    setApart(0);
                    set('span', value);
                  }}
                />
                <Select
                  aria-label={t('on_call.rota')}
                  value={rota.role}
                  popupMatchSelectWidth={false}
                  options={data.rotas.map((one) => ({ value: one.role, label: one.name }))}
                  onChange={(value) => set('rota', value)}
                />
              </div>
              <Calendar
                weeks={weeks}
                month={span === 'month' ? month : null}
                rota={rota}
                data={data}
                now={now}
              />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
