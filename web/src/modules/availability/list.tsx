// Availability of every system in a month against its objective, the worst first.
import { DownloadOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import {
  exportAddress,
  useAvailability,
  type Availability,
  type AvailabilityReport,
} from '@/api/availability';
import { query } from '@/api/client';
import { Empty, Loaded } from '@/kit/faces';
import { formatDuration } from '@/kit/format';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
import { Choice } from '@/record/looks';
import './availability.css';
import { chosen, countStates, states, type Wanted } from './figures';
import { MonthBar, useMonth } from './month_bar';
import { Budget, Excluded, Percent, StateMark, useExcluded } from './parts';

const criticalities = ['core', 'important', 'general'];

function useWanted(): [Wanted, (change: Partial<Wanted>) => void] {
  const [params, setParams] = useSearchParams();
  const names = { text: 'q', criticality: 'criticality', state: 'state', sort: 'sort' } as const;
  const wanted: Wanted = {
    text: params.get('q') ?? '',
    criticality: params.get('criticality'),
    state: params.get('state'),
    sort: params.get('sort'),
  };
  const want = (change: Partial<Wanted>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(change))
      if (value) next.set(names[name as keyof Wanted], value);
      else next.delete(names[name as keyof Wanted]);
    setParams(next, { replace: true });
  };
  return [wanted, want];
}

function useColumns(address: (item: Availability) => string): Column<Availability>[] {
  const { t } = useTranslation();
  const column = (key: string, width: number, render: Column<Availability>['render'], right = false) => ({
    key,
    title: t(`availability.${key === 'name' ? 'system' : key}`),
    width,
    sort: key,
    align: right ? ('right' as const) : undefined,
    render,
  });
  return [
    column('name', 190, (item) => (
      <span className="availability-two">
        <Link to={address(item)}>{item.name}</Link>
        <span className="faint figures">{item.number}</span>
      </span>
    )),
    {
      ...column('criticality', 112, (item) => (
        <Choice kind="system" field="criticality" value={item.criticality} />
      )),
      title: t('system.criticality'),
    },
    column('objective', 108, (item) => (
      <span className="availability-two">
        <span className="figures">{item.objective}%</span>
        <span className="faint">{t(`availability.calendar.${item.calendar}`)}</span>
      </span>
    )),
    column('availability', 150, (item) => (
      <span className="availability-two">
        <Percent item={item} />
        <span className="faint">{t(`availability.source.${item.source}`)}</span>
      </span>
    )),
    column('budget', 190, (item) => <Budget item={item} />),
    column(
      'downtime',
      116,
      (item) => (item.availability === null ? '—' : formatDuration(t, item.downtime_ms)),
      true,
    ),
    column('outages', 84, (item) => (item.availability === null ? '—' : item.outages), true),
    column('state', 104, (item) => <StateMark met={item.met} />),
    { ...column('excluded', 170, (item) => <Excluded item={item} />), sort: undefined },
  ];
}

function Card({ item, to }: { item: Availability; to: string }) {
  const { t } = useTranslation();
  const excluded = useExcluded(item);
  return (
    <Link to={to} className="card-link">
      <span className="card-top">
        <span className="figures faint">{item.number}</span>
        <StateMark met={item.met} />
      </span>
      <span className="card-top">
        <b className="card-title">{item.name}</b>
        <Percent item={item} />
      </span>
      {item.availability !== null && <Budget item={item} />}
      <span className="card-foot muted">
        <Choice kind="system" field="criticality" value={item.criticality} />
        <span>
          {t('availability.objective')} <span className="figures">{item.objective}%</span>
        </span>
        {item.availability !== null && (
          <>
            <span>{t('availability.month_line', { text: formatDuration(t, item.downtime_ms) })}</span>
            <span>{t('availability.outages_count', { n: item.outages })}</span>
          </>
        )}
      </span>
      {excluded.length > 0 && (
        <span className="card-foot muted">
          {t('availability.excluded')}: {excluded.join(t('kit.comma'))}
        </span>
      )}
    </Link>
  );
}

interface BarProps {
  wanted: Wanted;
  want: (change: Partial<Wanted>) => void;
}

function Filters({ wanted, want }: BarProps) {
  const { t } = useTranslation();
  const select = (
    name: 'criticality' | 'state',
    all: string,
    options: { value: string; label: string }[],
  ) => (
    <Select
      aria-label={t(name === 'state' ? 'availability.state' : 'system.criticality')}
      value={wanted[name] ?? ''}
      popupMatchSelectWidth={false}
      options={[{ value: '', label: t(all) }, ...options]}
      onChange={(value: string) => want({ [name]: value })}
    />
  );
  return (
    <>
      <Input
        className="list-search"
        prefix={<SearchOutlined />}
        allowClear
        aria-label={t('availability.search')}
        placeholder={t('availability.search')}
        value={wanted.text}
        onChange={(event) => want({ text: event.target.value })}
      />
      {select(
        'criticality',
        'availability.all_criticalities',
        criticalities.map((value) => ({ value, label: t(`system.criticality.${value}`) })),
      )}
      {select(
        'state',
        'availability.all_states',
        states.map((value) => ({ value, label: t(`availability.state.${value}`) })),
      )}
    </>
  );
}

function Systems({ data }: { data: AvailabilityReport }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [month, choose] = useMonth();
  const [wanted, want] = useWanted();
  const address = (item: Availability) => `/availability/${item.system}${query({ month })}`;
  const columns = useColumns(address);
  const counts = countStates(data.items);
  const all = data.items.length;
  const rows = chosen(data.items, wanted);
  if (counts.unknown === all && data.items.every((item) => item.availability === null))
    return (
      <Empty
        title={t('availability.no_data', { month: data.month })}
        hint={t('availability.no_data_hint')}
        action={
          data.running ? (
            <Link to="/systems">{t('shell.systems')}</Link>
          ) : (
            <Button onClick={() => choose(null)}>{t('availability.this_month')}</Button>
          )
        }
      />
    );
  return (
    <>
      <div className="list-bar">
        <Filters wanted={wanted} want={want} />
        <span role="status" className="muted figures">
          {t('availability.summary', { all, missed: counts.missed, unknown: counts.unknown })}
          {rows.length < all && ` · ${t('availability.shown', { n: rows.length })}`}
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty
          title={t('availability.no_match')}
          action={
            <Button onClick={() => want({ text: '', criticality: null, state: null })}>
              {t('availability.clear')}
            </Button>
          }
        />
      ) : (
        <div className="list-main">
          <Table
            name="availability"
            label={t('shell.availability')}
            columns={columns}
            rows={rows}
            rowKey={(item) => item.system}
            sort={wanted.sort ?? undefined}
            onSort={(sort) => want({ sort })}
            onOpen={(item) => void navigate(address(item))}
            card={(item) => <Card item={item} to={address(item)} />}
            footer={<p className="availability-foot faint">{t('availability.excluded_hint')}</p>}
          />
        </div>
      )}
    </>
  );
}

export default function AvailabilityList() {
  const { t } = useTranslation();
  const [month] = useMonth();
  const report = useAvailability(month);
  const { data } = report;
  return (
    <div className="page page-list">
      <PageHead
        title={t('shell.availability')}
        lead={
          data && t(data.running ? 'availability.lead_running' : 'availability.lead', { zone: data.zone })
        }
        extra={
          <div className="availability-head">
            <MonthBar period={data} />
            <Button icon={<DownloadOutlined />} href={exportAddress(month)} download>
              {t('availability.export')}
            </Button>
          </div>
        }
      />
      <Loaded
        query={report}
        isEmpty={(found) => found.items.length === 0}
        empty={
          <Empty
            title={t('availability.none')}
            hint={t('availability.none_hint')}
            action={<Link to="/systems">{t('shell.systems')}</Link>}
          />
        }
      >
        {(found) => <Systems data={found} />}
      </Loaded>
    </div>
  );
}
