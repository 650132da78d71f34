// Charts of one host: the same time range and cursor for all; a click asks what happened then.
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useBoard } from '@/api/monitor';
import { Empty, Loaded } from '@/kit/faces';
import { formatInstant } from '@/kit/format';
import { keep, kept } from '@/kit/keep';
import { Panel } from '@/kit/panel';
import { Chart } from './chart';

const ranges: [string, number][] = [
  ['15m', 900],
  ['1h', 3600],
  ['6h', 21_600],
  ['24h', 86_400],
  ['7d', 604_800],
];

const around_ms = 5 * 60_000;

function Moment({ at, system }: { at: number; system?: string }) {
  const { t } = useTranslation();
  const span = new URLSearchParams({
    edited: '1',
    view: 'all',
    ...(system ? { system } : {}),
    'created_at.from': new Date(at * 1000 - around_ms).toISOString(),
    'created_at.to': new Date(at * 1000 + around_ms).toISOString(),
  });
  return (
    <p className="moment-bar" role="status">
      <span className="figures">{formatInstant(at * 1000)}</span>
      <Link to={`/incidents?${span.toString()}`}>{t('monitor.faults_then')}</Link>
      <Link to="/monitor/alerts?state=all">{t('monitor.alerts_then')}</Link>
    </p>
  );
}

export function HostBoard({ instance, system }: { instance: string; system?: string }) {
  const { t } = useTranslation();
  const board = useBoard('host');
  const [range_s, setRange] = useState<number>(() => kept('range', 3600));
  const [moment, setMoment] = useState<number | null>(null);
  return (
    <Panel
      title={t('monitor.board')}
      extra={
        <Segmented
          size="small"
          aria-label={t('monitor.range')}
          value={range_s}
          options={ranges.map(([key, value]) => ({ value, label: t(`monitor.range_${key}`) }))}
          onChange={(value) => {
            keep('range', value);
            setRange(value);
          }}
        />
      }
    >
      {moment !== null && <Moment at={moment} system={system} />}
      <Loaded
        query={board}
        isEmpty={(data) => data.charts.length === 0}
        empty={<Empty title={t('monitor.no_board')} hint={t('monitor.no_board_hint')} />}
      >
        {(data) => (
          <div className="charts">
            {data.charts.map((chart) => (
              <Chart
                key={chart.id}
                chart={chart}
                instance={instance}
                range_s={range_s}
                group={`host-${instance}`}
                onMoment={setMoment}
              />
            ))}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
