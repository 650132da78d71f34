// The processes in force, as diagrams.
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useProcesses, useProcessXml } from '@/api/admin';
import { Empty, Loaded, Skeleton } from '@/kit/faces';
import { PageHead, Panel } from '@/kit/panel';
import { Time } from '@/kit/time';

const DiagramView = lazy(() => import('@/process/diagram'));

function One({ id }: { id: string }) {
  return (
    <Loaded query={useProcessXml(id)}>
      {(data) => (
        <Suspense fallback={<Skeleton lines={8} />}>
          <DiagramView xml={data} />
        </Suspense>
      )}
    </Loaded>
  );
}

export default function Processes() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
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
                    <b>{item.name}</b>
                    <span className="muted">
                      {t('process.version', { version: item.version })}
                      {item.active && ` · ${t('process.in_force')}`}
                    </span>
                    <span className="faint">
                      <Time at={item.deployed_at} exact />
                    </span>
                  </button>
                ))}
              </div>
              {shown && (
                <Panel title={shown.name} className="process-view">
                  <One id={shown.id} />
                </Panel>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
