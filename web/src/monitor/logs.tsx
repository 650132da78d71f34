// Log lines, the newest first: where, how bad, which text.
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useLogs } from '@/api/monitor';
import type { LogLine } from '@/api/types';
import { useDelayed } from '@/kit/delayed';
import { Empty, ErrorFace, Skeleton } from '@/kit/faces';
import { Mark, type Tone } from '@/kit/marks';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
import { Time } from '@/kit/time';
import { wordOr } from '@/kit/words';
import { RangeChoice, useSharedRange } from './ranges';
import './alerts.css';

const levels = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug'];
const bad = new Set(levels.slice(0, 4));

function Level({ level }: { level: string }) {
  const tone: Tone = bad.has(level) ? 'red' : level === 'warning' ? 'orange' : 'neutral';
  return (
    <Mark tone={tone} shape={tone === 'neutral' ? 'dot' : 'triangle'}>
      {wordOr(`log.level.${level}`, level)}
    </Mark>
  );
}

function useColumns(): Column<LogLine>[] {
  const { t } = useTranslation();
  return [
    { key: 'time', title: t('log.time'), width: 150, render: (line) => <Time at={line.time} exact /> },
    { key: 'level', title: t('log.level'), width: 90, render: (line) => <Level level={line.level} /> },
    { key: 'host', title: t('log.host'), width: 150, render: (line) => line.host },
    { key: 'app', title: t('log.app'), width: 130, render: (line) => line.app },
    {
      key: 'message',
      title: t('log.message'),
      width: 640,
      render: (line) => <code className="wrap">{line.message}</code>,
    },
  ];
}

interface Filters {
  host: string;
  app: string;
  level: string;
  text: string;
}

const filters: (keyof Omit<Filters, 'level'>)[] = ['host', 'app', 'text'];

export default function Logs() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const [range_s, setRange] = useSharedRange();
  const [until, setUntil] = useState(() => Date.now());
  const asked = Object.fromEntries(
    [...filters, 'level'].map((name) => [name, params.get(name) ?? '']),
  ) as unknown as Filters;
  const settled = useDelayed(asked, 300);
  const logs = useLogs({ ...settled }, until - range_s * 1000, until);
  const columns = useColumns();
  const set = (name: string, value: string) => {
    if (value) params.set(name, value);
    else params.delete(name);
    setParams(params, { replace: true });
  };
  const lines = (logs.data?.pages ?? []).flatMap((page) => page.lines);
  return (
    <div className="page page-list">
      <PageHead title={t('shell.logs')} lead={t('log.lead')} />
      <div className="log-bar" role="search">
        {filters.map((name) => (
          <Input
            key={name}
            className={`log-${name}`}
            aria-label={t(`log.${name}`)}
            placeholder={t(`log.${name}`)}
            allowClear
            value={asked[name]}
            onChange={(event) => set(name, event.target.value)}
          />
        ))}
        <Select
          aria-label={t('log.level')}
          className="log-level"
          value={asked.level}
          onChange={(value) => set('level', value)}
          options={['', ...levels].map((value) => ({
            value,
            label: value ? wordOr(`log.level.${value}`, value) : t('log.every_level'),
          }))}
        />
        <RangeChoice value={range_s} onChange={setRange} />
        <Button onClick={() => setUntil(Date.now())}>{t('log.renew')}</Button>
      </div>
      {logs.isPending && <Skeleton lines={8} />}
      {logs.isError && <ErrorFace error={logs.error} retry={() => void logs.refetch()} />}
      {logs.data && lines.length === 0 && <Empty title={t('log.none')} hint={t('log.none_hint')} />}
      {lines.length > 0 && (
        <div className="list-main">
          <Table
            name="logs"
            label={t('shell.logs')}
            columns={columns}
            rows={lines}
            rowKey={(line) => line.key}
            card={(line) => (
              <div className="card-link">
                <span className="card-top">
                  <Level level={line.level} />
                  <Time at={line.time} exact />
                </span>
                <code className="wrap">{line.message}</code>
                <span className="card-foot muted">
                  {line.host} {line.app}
                </span>
              </div>
            )}
          />
        </div>
      )}
      {logs.hasNextPage && (
        <div className="more">
          <Button loading={logs.isFetchingNextPage} onClick={() => void logs.fetchNextPage()}>
            {t('record.more')}
          </Button>
        </div>
      )}
    </div>
  );
}
