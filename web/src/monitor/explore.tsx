// Ask the signals anything: a PromQL expression as chart and table. The address keeps the question.
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useInstant } from '@/api/monitor';
import { useMay } from '@/api/session';
import type { QueryResult, Series } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { PageHead, Panel } from '@/kit/panel';
import { Chart } from './chart';
import './explore.css';
import { Expression } from './expression';
import { LabelBrowser } from './label_browser';
import { RangeChoice, useSharedRange } from './ranges';

const examples = [
  'up',
  '100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m])))',
  'node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes',
];

const AddToBoard = lazy(async () => (await import('./boards/words')).worded(import('./boards/add_to_board')));

const most_rows = 200;

function labelsOf(metric: Record<string, string>): string {
  const { __name__: name = '', ...rest } = metric;
  const parts = Object.entries(rest).map(([key, value]) => `${key}="${value}"`);
  return parts.length ? `${name}{${parts.join(', ')}}` : name || '{}';
}

function Result({ answer }: { answer: QueryResult }) {
  const { t } = useTranslation();
  const [descending, setDescending] = useState<boolean | null>(null);
  if (answer.resultType === 'scalar' || answer.resultType === 'string')
    return <p className="figures">{String((answer.result as [number, string])[1])}</p>;
  const series = answer.result as Series[];
  if (series.length === 0) return <Empty title={t('monitor.no_series')} hint={t('monitor.no_series_hint')} />;
  const value = (one: Series) => Number(one.value?.[1]);
  const rows =
    descending === null ? series : [...series].sort((a, b) => (value(a) - value(b)) * (descending ? -1 : 1));
  return (
    <>
      <p className="muted">{t('monitor.series_count', { n: series.length })}</p>
      <table className="table table-plain">
        <thead>
          <tr>
            <th scope="col">{t('monitor.series')}</th>
            <th
              scope="col"
              className="right"
              aria-sort={descending === null ? undefined : descending ? 'descending' : 'ascending'}
            >
              <button type="button" className="sort" onClick={() => setDescending(descending !== true)}>
                {t('alert.value')}
                <span aria-hidden="true" className="sort-mark">
                  {descending === null ? '' : descending ? '↓' : '↑'}
                </span>
              </button>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most_rows).map((one, index) => (
            <tr key={index}>
              <td>
                <code>{labelsOf(one.metric)}</code>
              </td>
              <td className="right figures">{one.value?.[1]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > most_rows && (
        <p className="muted">{t('monitor.more_rows', { n: rows.length - most_rows })}</p>
      )}
    </>
  );
}

export default function Explore() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const asked = params.get('q') ?? '';
  const [shared, setShared] = useSharedRange();
  const range_s = Number(params.get('range')) || shared;
  const [text, setText] = useState(asked);
  const [seen, setSeen] = useState(asked);
  const [browsing, setBrowsing] = useState(false);
  const [adding, setAdding] = useState(false);
  const instant = useInstant(asked);
  const may = useMay();
  if (seen !== asked) {
    setSeen(asked);
    setText(asked);
  }
  const ask = (expression: string) => {
    setText(expression);
    setParams({ q: expression.trim(), range: String(range_s) });
    if (expression.trim() === asked && asked !== '') void instant.refetch();
  };
  const choose = (next: number) => {
    setShared(next);
    setParams({ ...(asked ? { q: asked } : {}), range: String(next) }, { replace: true });
  };
  return (
    <div className="page">
      <PageHead
        title={t('shell.explore')}
        lead={t('monitor.explore_lead')}
        extra={<RangeChoice value={range_s} onChange={choose} />}
      />
      <form
        className="explore-bar"
        onSubmit={(event) => {
          event.preventDefault();
          ask(text);
        }}
      >
        <div className="grow explore-box">
          <Expression value={text} onChange={setText} onSubmit={ask} />
        </div>
        <Button type="primary" htmlType="submit">
          {t('monitor.ask')}
        </Button>
        <Button aria-expanded={browsing} onClick={() => setBrowsing(!browsing)}>
          {t('monitor.browse')}
        </Button>
      </form>
      {browsing && (
        <Panel title={t('monitor.browse_title')}>
          <LabelBrowser
            onUse={(selector) => {
              setBrowsing(false);
              ask(selector);
            }}
          />
        </Panel>
      )}
      {!asked && !browsing && (
        <Empty
          title={t('monitor.ask_first')}
          hint={t('monitor.ask_first_hint')}
          action={
            <div className="explore-examples">
              {examples.map((example) => (
                <button key={example} type="button" className="text-button mono" onClick={() => ask(example)}>
                  {example}
                </button>
              ))}
            </div>
          }
        />
      )}
      {asked && (
        <>
          <Panel>
            <Chart
              chart={{ id: 'explore', title: asked, unit: '', expr: asked }}
              range_s={range_s}
              group="explore"
            />
          </Panel>
          <Panel
            title={t('monitor.now')}
            className="scroll-x"
            extra={
              <>
                {may('board.write') && <Button onClick={() => setAdding(true)}>{t('board.add_to')}</Button>}
                {may('rule.write') && (
                  <Link to={`/monitor/rules/new?q=${encodeURIComponent(asked)}`}>{t('rule.from_query')}</Link>
                )}
              </>
            }
          >
            <Loaded query={instant}>{(answer) => <Result answer={answer} />}</Loaded>
          </Panel>
          {adding && (
            <Suspense fallback={null}>
              <AddToBoard
                title={asked.slice(0, 60)}
                panels={[{ title: asked.slice(0, 200), queries: [{ expr: asked, legend: '' }] }]}
                onClose={() => setAdding(false)}
              />
            </Suspense>
          )}
        </>
      )}
    </div>
  );
}
