// Charts of a template of the pack for one target: the same time range and cursor for all; a click asks what happened then.
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardPanel, BoardVariable } from '@/api/boards';
import { useBoard } from '@/api/monitor';
import { useMay } from '@/api/session';
import type { ChartDefinition } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { formatInstant } from '@/kit/format';
import { Panel } from '@/kit/panel';
import { Chart, worded } from './chart';
import { RangeChoice, useSharedRange } from './ranges';

const AddToBoard = lazy(async () => (await import('./boards/words')).worded(import('./boards/add_to_board')));

/** A chart of the template as a panel of a board, which keeps $instance as a variable. */
function panelOf(chart: ChartDefinition): Partial<BoardPanel> {
  const series = chart.series ?? (chart.expr ? [{ expr: chart.expr, name: undefined }] : []);
  const levels = [
    { from: chart.warning, tone: 'orange' as const },
    { from: chart.critical, tone: 'red' as const },
  ];
  return {
    kind: 'chart',
    title: worded(chart.title).slice(0, 200),
    unit: chart.unit,
    maximum: chart.maximum ?? null,
    thresholds: levels.flatMap(({ from, tone }) => (typeof from === 'number' ? [{ from, tone }] : [])),
    queries: series.map(({ expr, name }) => ({
      expr,
      legend: worded(name) || (chart.legend ? `{{${chart.legend}}}` : ''),
    })),
  };
}

const instanceVariable = (instance: string, label: string): BoardVariable => ({
  name: 'instance',
  label,
  kind: 'label',
  selector: 'up',
  label_name: 'instance',
  many: false,
  values: [],
  chosen: [instance],
});

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

interface TemplateBoardProps {
  /** Where its charts are. */
  address: string;
  title: string;
  instance: string;
  system?: string;
}

export function TemplateBoard({ address, title, instance, system }: TemplateBoardProps) {
  const { t } = useTranslation();
  const board = useBoard(address);
  const [range_s, setRange] = useSharedRange();
  const [moment, setMoment] = useState<number | null>(null);
  const [saving, setSaving] = useState(false);
  const may = useMay()('board.write');
  return (
    <Panel
      title={title}
      extra={
        <>
          <RangeChoice small value={range_s} onChange={setRange} />
          {may && board.data && (
            <Button size="small" onClick={() => setSaving(true)}>
              {t('board.save_as')}
            </Button>
          )}
        </>
      }
    >
      {saving && board.data && (
        <Suspense fallback={null}>
          <AddToBoard
            title={`${title} ${instance}`}
            panels={board.data.charts.map(panelOf)}
            variables={[instanceVariable(instance, t('alert.where'))]}
            onClose={() => setSaving(false)}
          />
        </Suspense>
      )}
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
                group={`board-${instance}`}
                onMoment={setMoment}
              />
            ))}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
