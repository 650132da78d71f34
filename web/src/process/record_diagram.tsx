// The diagram of one record's process, loaded when somebody looks at it.
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useDiagram } from '@/api/records';
import { Empty, Loaded, Skeleton } from '@/kit/faces';

const DiagramView = lazy(() => import('./diagram'));

export function RecordDiagram({ plural, id }: { plural: string; id: string }) {
  const { t } = useTranslation();
  return (
    <Loaded
      query={useDiagram(plural, id)}
      isEmpty={(data) => !data.xml}
      empty={<Empty title={t('process.no_diagram')} hint={t('process.no_diagram_hint')} />}
    >
      {(data) => (
        <Suspense fallback={<Skeleton lines={8} />}>
          <DiagramView {...data} />
        </Suspense>
      )}
    </Loaded>
  );
}
