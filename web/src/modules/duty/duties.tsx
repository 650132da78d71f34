// Duties: what must be done now, what is coming, what was missed; as lists and as a month.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useDuties } from '@/api/duties';
import { useRecords } from '@/api/records';
import { useMay } from '@/api/session';
import type { DutyOccurrence } from '@/api/types';
import { Dialog } from '@/kit/dialog';
import { Empty, Loaded } from '@/kit/faces';
import { formatInstant } from '@/kit/format';
import { PageHead, Panel } from '@/kit/panel';
import { Tabs } from '@/kit/tabs';
import { Time, useNow } from '@/kit/time';
import { wordOr } from '@/kit/words';
import { Due } from '@/record/due';
import { titleOf } from '@/record/naming';
import { whenOf, type When } from './days';
import { Month } from './month';
import { SignOff } from './sign_off';
import { DutyState } from './state';
import './duty.css';

const tabs = ['open', 'calendar', 'missed', 'done'] as const;
type TabKey = (typeof tabs)[number];

/** Names of the people who signed off. */
function useNames(): (id: string | null) => string {
  const may = useMay();
  const people =
    useRecords('people', {}, 200, may('person.read')).data?.pages.flatMap((page) => page.items) ?? [];
  const names = new Map(people.map((person) => [person.id, titleOf(person)]));
  return (id) => (id ? (names.get(id) ?? '') : '');
}

interface LineProps {
  item: DutyOccurrence;
  now: number;
  nameOf: (id: string | null) => string;
  onSign: (item: DutyOccurrence) => void;
}

function Line({ item, now, nameOf, onSign }: LineProps) {
  const { t } = useTranslation();
  const may = useMay();
  const signs = item.mine && may('duty.work') && item.state === 'planned' && Date.parse(item.due_at) <= now;
  return (
    <li className="duty-line">
      <DutyState item={item} now={now} />
      <span className="duty-title">
        <b>{item.title}</b>
        <span className="muted">
          {wordOr(`role.${item.role}`, item.role)} ·{' '}
          <Link to={`/clauses/${item.clause}`}>{t('duty.clause', { id: item.clause })}</Link>
        </span>
        {item.note && (
          <span className="muted">
            {nameOf(item.done_by)} {item.note}
          </span>
        )}
      </span>
      <span className="duty-when">
        <span className="figures">{formatInstant(item.due_at)}</span>
        {item.state === 'planned' && Date.parse(item.due_at) <= now && <Due at={item.until_at} />}
        {item.done_at && (
          <span className="muted">
            {t('duty.done_at')} <Time at={item.done_at} />
          </span>
        )}
      </span>
      {signs && (
        <Button type="primary" onClick={() => onSign(item)}>
          {t('duty.sign_off')}
        </Button>
      )}
    </li>
  );
}

function Lines({ items, ...rest }: { items: DutyOccurrence[] } & Omit<LineProps, 'item'>) {
  return (
    <ul className="duty-lines">
      {items.map((item) => (
        <Line key={item.id} item={item} {...rest} />
      ))}
    </ul>
  );
}

const soon = 12;

function Open(props: Omit<LineProps, 'item'>) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const { now } = props;
  return (
    <Loaded
      query={useDuties('planned')}
      isEmpty={(data) => data.items.length === 0}
      empty={<Empty title={t('duty.none')} hint={t('duty.none_hint')} />}
    >
      {(data) => (
        <>
          {(['now', 'today', 'later'] as When[]).map((when) => {
            const items = data.items.filter((item) => whenOf(item, now) === when);
            const mine = [...items.filter((item) => item.mine), ...items.filter((item) => !item.mine)];
            if (when !== 'now' && items.length === 0) return null;
            return (
              <Panel key={when} title={t(`duty.when_${when}`)} flush>
                {items.length === 0 ? (
                  <p className="muted duty-nothing">{t('duty.nothing_now')}</p>
                ) : (
                  <>
                    <Lines
                      items={
                        when === 'now' ? mine : when === 'later' && !whole ? items.slice(0, soon) : items
                      }
                      {...props}
                    />
                    {when === 'later' && !whole && items.length > soon && (
                      <div className="more">
                        <Button onClick={() => setWhole(true)}>
                          {t('duty.show_all', { n: items.length })}
                        </Button>
                      </div>
                    )}
                  </>
                )}
              </Panel>
            );
          })}
        </>
      )}
    </Loaded>
  );
}

function Past({ state, ...rest }: { state: 'missed' | 'done' } & Omit<LineProps, 'item'>) {
  const { t } = useTranslation();
  return (
    <Loaded
      query={useDuties(state)}
      isEmpty={(data) => data.items.length === 0}
      empty={<Empty title={t(`duty.none_${state}`)} />}
    >
      {(data) => (
        <Panel flush>
          <Lines items={data.items} {...rest} />
        </Panel>
      )}
    </Loaded>
  );
}

function Calendar(props: Omit<LineProps, 'item'>) {
  const [chosen, setChosen] = useState<DutyOccurrence | null>(null);
  const done = useDuties('done').data?.items ?? [];
  const missed = useDuties('missed').data?.items ?? [];
  return (
    <Loaded query={useDuties('planned')}>
      {(data) => (
        <>
          <Month items={[...data.items, ...done, ...missed]} now={props.now} onChoose={setChosen} />
          <Dialog title={chosen?.title ?? ''} open={chosen !== null} onClose={() => setChosen(null)}>
            {chosen && (
              <ul className="duty-lines duty-lines-narrow">
                <Line
                  item={chosen}
                  {...props}
                  onSign={(item) => {
                    setChosen(null);
                    props.onSign(item);
                  }}
                />
              </ul>
            )}
          </Dialog>
        </>
      )}
    </Loaded>
  );
}

export default function Duties() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const now = useNow();
  const nameOf = useNames();
  const [signing, setSigning] = useState<DutyOccurrence | null>(null);
  const tab: TabKey = tabs.find((key) => key === params.get('tab')) ?? 'open';
  const rest = { now, nameOf, onSign: setSigning };
  return (
    <div className="page">
      <PageHead title={t('shell.duties')} lead={t('duty.lead')} />
      <Tabs
        label={t('shell.duties')}
        tabs={tabs.map((key) => ({ key, label: t(`duty.tab_${key}`) }))}
        active={tab}
        onChange={(key) => setParams({ tab: key }, { replace: true })}
      />
      {tab === 'open' && <Open {...rest} />}
      {tab === 'calendar' && <Calendar {...rest} />}
      {(tab === 'missed' || tab === 'done') && <Past state={tab} {...rest} />}
      {signing && <SignOff key={signing.id} item={signing} onClose={() => setSigning(null)} />}
    </div>
  );
}
