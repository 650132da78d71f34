// Ask the signals anything: a PromQL expression as chart and table. The address keeps the question.
import { Button, Input, Segmented } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useInstant, useMetricNames } from '@/api/monitor';
import type { QueryResult, Series } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { PageHead, Panel } from '@/kit/panel';
import { Chart } from './chart';

const ranges: [string, number][] = [
  ['15m', 900],
  ['1h', 3600],
  ['6h', 21_600],
  ['24h', 86_400],
  ['7d', 604_800],
];

const examples = [
  'up',
  '100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m])))',
  'node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes',
];

const most_rows = 200;

function labelsOf(metric: Record<string, string>): string {
  const { __name__: name = '', ...rest } = metric;
  const parts = Object.entries(rest).map(([key, value]) => `${key}="${value}"`);
  return parts.length ? `${name}{${parts.join(', ')}}` : name || '{}';
}

function Result({ answer }: { answer: QueryResult }) {
  const { t } = useTranslation();
  if (answer.resultType === 'scalar' || answer.resultType === 'string')
    return <p className="figures">{String((answer.result as [number, string])[1])}</p>;
  const series = answer.result as Series[];
  if (series.length === 0) return <Empty title={t('monitor.no_series')} hint={t('monitor.no_series_hint')} />;
  return (
    <table className="table table-plain">
      <thead>
        <tr>
          <th scope="col">{t('monitor.series')}</th>
          <th scope="col" className="right">
            {t('alert.value')}
          </th>
        </tr>
      </thead>
      <tbody>
        {series.slice(0, most_rows).map((one, index) => (
          <tr key={index}>
            <td>
              <code>{labelsOf(one.metric)}</code>
            </td>
            <td className="right figures">{one.value?.[1]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export default function Explore() {
  const { t } = useTranslation();
  const names = useId();
  const [params, setParams] = useSearchParams();
  const asked = params.get('q') ?? '';
  const range_s = Number(params.get('range') ?? 3600) || 3600;
  const [text, setText] = useState(asked);
  const known = useMetricNames().data ?? [];
  const instant = useInstant(asked);
  const ask = (expression: string) => {
    setText(expression);
    setParams({ q: expression, range: String(range_s) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask(text.trim());
  };
  return (
    <div className="page">
      <PageHead title={t('shell.explore')} lead={t('monitor.explore_lead')} />
      <form className="explore-bar" onSubmit={submit}>
        <Input
          className="mono grow"
          list={names}
          spellCheck={false}
          autoCapitalize="none"
          aria-label={t('monitor.expression')}
          placeholder={t('monitor.expression')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <datalist id={names}>
          {known.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Button type="primary" htmlType="submit">
          {t('monitor.ask')}
        </Button>
        <Segmented
          aria-label={t('monitor.range')}
          value={range_s}
          options={ranges.map(([key, value]) => ({ value, label: t(`monitor.range_${key}`) }))}
          onChange={(value) => setParams({ q: asked, range: String(value) })}
        />
      </form>
      {!asked && (
        <Empty
          title={t('monitor.ask_first')}
          hint={t('monitor.ask_first_hint')}
          action={examples.map((example) => (
            <button key={example} type="button" className="text-button mono" onClick={() => ask(example)}>
              {example}
            </button>
          ))}
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
          <Panel title={t('monitor.now')} className="scroll-x">
            <Loaded query={instant}>{(answer) => <Result answer={answer} />}</Loaded>
          </Panel>
        </>
      )}
    </div>
  );
}
