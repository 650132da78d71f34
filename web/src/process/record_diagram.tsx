// The diagram of one record's process, loaded when somebody looks at it, with the work at each element.
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDiagram } from '@/api/records';
import type { RecordData } from '@/api/types';
import { Empty, Loaded, Skeleton } from '@/kit/faces';
import type { Element } from './element';
import { ElementFacts } from './element_facts';
import { ElementWork } from './element_work';

const DiagramView = lazy(() => import('./diagram'));

interface DiagramProps {
  kind: string;
  plural: string;
  record: RecordData;
}

export function RecordDiagram({ kind, plural, record }: DiagramProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Element | null>(null);
  return (
    <Loaded
      query={useDiagram(plural, record.id)}
      isEmpty={(data) => !data.xml}
      empty={<Empty title={t('process.no_diagram')} hint={t('process.no_diagram_hint')} />}
    >
      {(data) => (
        <>
          <Suspense fallback={<Skeleton lines={8} />}>
            <DiagramView {...data} selected={chosen?.id ?? null} onSelect={setChosen} />
          </Suspense>
          <div className="element-panel" aria-live="polite">
            {chosen ? (
              <ElementFacts kind={kind} element={chosen} />
            ) : (
              <p className="muted">{t('process.choose')}</p>
            )}
            <ElementWork kind={kind} plural={plural} record={record} element={chosen?.id ?? null} />
          </div>
        </>
      )}
    </Loaded>
  );
}
