// The deployed processes and their versions, as diagrams that explain their elements.
import { DiffOutlined, EditOutlined } from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useProcessNames, useProcesses, useProcessXml } from '@/api/processes';
import { useMay } from '@/api/session';
import type { ProcessSummary } from '@/api/types';
import { Empty, Loaded, Skeleton } from '@/kit/faces';
import { PageHead, Panel } from '@/kit/panel';
import { Time } from '@/kit/time';
import type { Element } from './element';
import { ElementFacts } from './element_facts';

const DiagramView = lazy(() => import('./diagram'));

function One({ process }: { process: ProcessSummary }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Element | null>(null);
  return (
    <Loaded query={useProcessXml(process.id)}>
      {(data) => (
        <>
          <Suspense fallback={<Skeleton lines={8} />}>
            <DiagramView xml={data} selected={chosen?.id ?? null} onSelect={setChosen} />
          </Suspense>
          <div className="element-panel" aria-live="polite">
            {chosen ? (
              <ElementFacts kind={process.record_kind} element={chosen} />
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
  const names = useProcessNames().data ?? {};
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
                    <b>{names[item.key] ?? item.name}</b>
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
                <Panel
                  title={names[shown.key] ?? shown.name}
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
