// Two versions side by side: what was added, removed and changed, in the drawings and as a list.
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { useNaming, useProcesses, useProcessXml } from '@/api/processes';
import type { ProcessSummary } from '@/api/process_types';
import { Empty, Loaded, Skeleton } from '@/kit/faces';
import { ShapeMark, type Shape, type Tone } from '@/kit/marks';
import { PageHead, Panel } from '@/kit/panel';
import { wordOr } from '@/kit/words';
import type { Marks, View } from './diagram';
import type { Change } from './differences';
import { draftOf } from './draft';
import { processIds } from './drawing';

const DiagramView = lazy(() => import('./diagram'));

const looks: Record<Change['kind'], [Shape, Tone]> = {
  added: ['square', 'green'],
  removed: ['cross', 'red'],
  changed: ['half', 'orange'],
};

/** Both drawings show the same part: moving one moves the other. */
function useLinkedViews() {
  const views = useRef(new Map<string, View>());
  const moving = useRef(false);
  return (side: string) => (view: View) => {
    views.current.set(side, view);
    view.onMove((box) => {
      if (moving.current) return;
      moving.current = true;
      for (const [other, one] of views.current) if (other !== side) one.show(box);
      moving.current = false;
    });
  };
}

function ChangeLine({ change, name, onChoose }: { change: Change; name: string; onChoose: () => void }) {
  const { t } = useTranslation();
  const [shape, tone] = looks[change.kind];
  return (
    <li>
      <button type="button" className="change-line" onClick={onChoose}>
        <span className={`mark tone-${tone}`}>
          <ShapeMark shape={shape} tone={tone} /> {t(`process.${change.kind}`)}
        </span>
        <b>{name || change.name || change.id}</b>
        {change.attributes.map((one) => (
          <span key={one.name} className="change-values">
            {wordOr(`process.attribute.${one.name}`, one.name)} <del>{one.before || '–'}</del> →{' '}
            <ins>{one.after || '–'}</ins>
          </span>
        ))}
      </button>
    </li>
  );
}

interface BothProps {
  before: { title: string; xml: string };
  after: { title: string; xml: string };
}

function Both({ before, after }: BothProps) {
  const { t } = useTranslation();
  const naming = useNaming();
  const [chosen, setChosen] = useState<string | null>(null);
  const link = useLinkedViews();
  const process = processIds(after.xml)[0] ?? '';
  const found = useQuery({
    queryKey: ['differences', before.xml, after.xml],
    queryFn: async () => (await import('./differences')).differences(before.xml, after.xml),
    staleTime: Infinity,
  });
  const of = (kind: Change['kind']) =>
    (found.data ?? []).filter((change) => change.kind === kind).map((change) => change.id);
  const sides: { key: string; title: string; xml: string; marks: Marks }[] = [
    { ...before, key: 'before', marks: { removed: of('removed'), changed: of('changed') } },
    { ...after, key: 'after', marks: { added: of('added'), changed: of('changed') } },
  ];
  return (
    <>
      <div className="compare">
        {sides.map((side) => (
          <Panel key={side.key} title={side.title}>
            <Suspense fallback={<Skeleton lines={8} />}>
              <DiagramView
                xml={side.xml}
                marks={side.marks}
                selected={chosen}
                onSelect={(element) => setChosen(element?.id ?? null)}
                onReady={link(side.key)}
              />
            </Suspense>
          </Panel>
        ))}
      </div>
      <Panel title={t('process.differences')}>
        <Loaded
          query={found}
          isEmpty={(list) => list.length === 0}
          empty={<Empty title={t('process.no_differences')} hint={t('process.no_differences_hint')} />}
        >
          {(list) => (
            <ul className="change-list">
              {list.map((change) => (
                <ChangeLine
                  key={`${change.kind} ${change.id}`}
                  change={change}
                  name={change.name && naming(`${process}.${change.id}`, change.name)}
                  onChoose={() => setChosen(change.id)}
                />
              ))}
            </ul>
          )}
        </Loaded>
      </Panel>
    </>
  );
}

function Chosen({
  from,
  to,
  all,
}: {
  from: ProcessSummary;
  to: ProcessSummary | null;
  all: ProcessSummary[];
}) {
  const { t } = useTranslation();
  const before = useProcessXml(from.id);
  const after = useProcessXml(to?.id ?? '');
  const draft = to ? null : draftOf(from.key);
  const title = (one: ProcessSummary) => t('process.version', { version: one.version });
  useEffect(() => {
    document.title = t('process.compare');
  }, [t, all]);
  if (!to && !draft) return <Empty title={t('process.no_draft')} />;
  return (
    <Loaded query={before}>
      {(old) => {
        if (draft)
          return (
            <Both
              before={{ title: title(from), xml: old }}
              after={{ title: t('process.draft'), xml: draft.xml }}
            />
          );
        return (
          <Loaded query={after}>
            {(now) => (
              <Both
                before={{ title: title(from), xml: old }}
                after={{ title: to ? title(to) : '', xml: now }}
              />
            )}
          </Loaded>
        );
      }}
    </Loaded>
  );
}

export default function Compare() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  return (
    <div className="page">
      <p className="record-path">
        <Link to="/admin/processes">{t('shell.processes')}</Link> <span aria-hidden="true">/</span>
      </p>
      <PageHead title={t('process.compare')} lead={t('process.compare_lead')} />
      <Loaded query={useProcesses()}>
        {({ items }) => {
          const from = items.find((one) => one.id === params.get('from'));
          const to = items.find((one) => one.id === params.get('to')) ?? null;
          if (!from) return <Empty title={t('process.none')} />;
          return <Chosen from={from} to={to} all={items} />;
        }}
      </Loaded>
    </div>
  );
}
