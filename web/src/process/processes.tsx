// The deployed processes and their versions, as diagrams that explain their elements.
import { DiffOutlined, EditOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useActivity, useNaming, useProcesses, useProcessXml } from '@/api/processes';
import { useMay } from '@/api/session';
import type { ProcessSummary, StepActivity } from '@/api/process_types';
import { Empty, Loaded, Skeleton } from '@/kit/faces';
import { formatDuration } from '@/kit/format';
import { PageHead, Panel } from '@/kit/panel';
import { Time } from '@/kit/time';
import type { Element } from './element';
import { ElementFacts } from './element_facts';
import { heatOf } from './heat';
import { VersionActs } from './version_acts';
import './running.css';

const DiagramView = lazy(() => import('./diagram'));

const periods = [7, 30, 90];

/** What waits at each step, and how long it takes, for who looks after processes. */
function useNotes(process: ProcessSummary, days: number) {
  const { t } = useTranslation();
  const may = useMay();
  const activity = useActivity(process.id, days, may('process.operate')).data;
  if (!activity) return { activity, notes: undefined, marks: undefined };
  const notes = activity.steps.map((step) => {
    const waiting = step.open > 0 ? t('process.note_open', { n: step.open }) : '';
    const took = step.done > 0 ? `⌀ ${formatDuration(t, step.average_ms)}` : '';
    return [step.element, [waiting, took].filter(Boolean).join(' · ')];
  });
  return {
    activity,
    notes: Object.fromEntries(notes) as Record<string, string>,
    marks: heatOf(activity.steps),
  };
}

function StepFigures({ step, days }: { step: StepActivity; days: number }) {
  const { t } = useTranslation();
  return (
    <p className="muted figures">
      {t('process.step_figures', {
        open: step.open,
        done: step.done,
        average: formatDuration(t, step.average_ms),
        longest: formatDuration(t, step.longest_ms),
        days,
      })}
    </p>
  );
}

function One({ process }: { process: ProcessSummary }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Element | null>(null);
  const [days, setDays] = useState(30);
  const { activity, notes, marks } = useNotes(process, days);
  const step = activity?.steps.find((one) => one.element === chosen?.id);
  return (
    <Loaded query={useProcessXml(process.id)}>
      {(data) => (
        <>
          {activity && (
            <div className="running-bar">
              <span className="figures">{t('process.running_now', { n: activity.running })}</span>
              {activity.troubled > 0 && (
                <Link to={`/admin/processes/running?version=${process.id}&status=incident`}>
                  {t('process.troubled_now', { n: activity.troubled })}
                </Link>
              )}
              <span className="grow" />
              <Segmented
                size="small"
                value={days}
                onChange={setDays}
                options={periods.map((value) => ({ value, label: t('process.last_days', { n: value }) }))}
              />
            </div>
          )}
          <Suspense fallback={<Skeleton lines={8} />}>
            <DiagramView
              xml={data}
              notes={notes}
              marks={marks && { ...marks }}
              selected={chosen?.id ?? null}
              onSelect={setChosen}
            />
          </Suspense>
          <div className="element-panel" aria-live="polite">
            {chosen ? (
              <>
                <ElementFacts kind={process.record_kind} element={chosen} />
                {step && <StepFigures step={step} days={days} />}
              </>
            ) : (
              <p className="muted">{t('process.choose_element')}</p>
            )}
          </div>
        </>
      )}
    </Loaded>
  );
}

/** The version before this one, to compare with. */
function earlier(all: ProcessSummary[], shown: ProcessSummary): ProcessSummary | undefined {
  return all
    .filter((one) => one.key === shown.key && one.version < shown.version)
    .sort((a, b) => b.version - a.version)[0];
}

function Acts({ all, shown }: { all: ProcessSummary[]; shown: ProcessSummary }) {
  const { t } = useTranslation();
  const may = useMay();
  const before = earlier(all, shown);
  return (
    <>
      {before && (
        <Link to={`/admin/processes/compare?from=${before.id}&to=${shown.id}`}>
          <DiffOutlined /> {t('process.compare_with', { version: before.version })}
        </Link>
      )}
      {may('process.operate') && (
        <Link to={`/admin/processes/running?version=${shown.id}`}>
          <UnorderedListOutlined /> {t('running.title')}
        </Link>
      )}
      {may('process.publish') && (
        <VersionActs version={shown} inForce={all.find((one) => one.key === shown.key && one.active)} />
      )}
      {may('process.publish') && (
        <Link to={`/admin/processes/design?id=${shown.id}`}>
          <EditOutlined /> {t('process.design')}
        </Link>
      )}
    </>
  );
}

export default function Processes() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const naming = useNaming();
  return (
    <div className="page">
      <PageHead title={t('shell.processes')} lead={t('process.lead')} />
      <Loaded
        query={useProcesses()}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('process.none')} hint={t('process.none_hint')} />}
      >
        {(data) => {
          const shown = data.items.find((item) => item.id === params.get('id')) ?? data.items[0];
          return (
            <>
              <div className="process-list" role="group" aria-label={t('shell.processes')}>
                {data.items.map((item) => (
                  <button
                    key={item.id}
                    type="button"
                    className="process-card"
                    aria-pressed={item.id === shown?.id}
                    onClick={() => setParams({ id: item.id }, { replace: true })}
                  >
                    <b>{naming(item.key, item.name)}</b>
                    <span className="muted">
                      {t('process.version', { version: item.version })}
                      {item.active && ` · ${t('process.in_force')}`}
                      {item.tag && ` · ${t('process.tagged', { tag: item.tag })}`}
                    </span>
                    <span className="faint">
                      <Time at={item.deployed_at} exact />{' '}
                      {item.published_by && (data.labels?.[item.published_by] ?? '')}
                    </span>
                    {item.reason && <span className="muted">{item.reason}</span>}
                  </button>
                ))}
              </div>
              {shown && (
                <Panel
                  title={naming(shown.key, shown.name)}
                  extra={<Acts all={data.items} shown={shown} />}
                  className="process-view"
                >
                  <One key={shown.id} process={shown} />
                </Panel>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
