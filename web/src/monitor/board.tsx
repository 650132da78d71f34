// Charts of one host: the same time range and cursor for all; a click asks what happened then.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useBoard } from '@/api/monitor';
import { Empty, Loaded } from '@/kit/faces';
import { formatInstant } from '@/kit/format';
import { Panel } from '@/kit/panel';
import { Chart } from './chart';
import { RangeChoice, useSharedRange } from './ranges';

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
  const [range_s, setRange] = useSharedRange();
  const [moment, setMoment] = useState<number | null>(null);
  return (
    <Panel title={t('monitor.board')} extra={<RangeChoice small value={range_s} onChange={setRange} />}>
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
