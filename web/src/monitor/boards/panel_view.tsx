// One panel: its title, and what it shows with the faces of loading, failure and emptiness. It asks for data only
// once it has come into sight.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePanelData, type BoardPanel, type BoardVariable } from '@/api/boards';
import { ErrorFace, Skeleton } from '@/kit/faces';
import { AlertList, PanelBody } from './panel_body';
import { seriesOf } from './figures';
import { Markdown } from './markdown';
import { filledQuery, filledText, stepOf, type Chosen } from './variables';

/** What holds for all panels of a page. */
export interface Scene {
  range_s: number;
  refresh_s: number;
  variables: BoardVariable[];
  chosen: Chosen;
  group: string;
}

function useSeen(): [React.RefObject<HTMLDivElement | null>, boolean] {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element || seen) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true),
      { rootMargin: '200px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [seen]);
  return [place, seen];
}

const newest = new Set(['table', 'gauge']);

function Data({ panel, scene, seen }: { panel: BoardPanel; scene: Scene; seen: boolean }) {
  const { t } = useTranslation();
  const step_s = stepOf(scene.range_s);
  const spans = { range_s: scene.range_s, step_s };
  const asked = panel.queries.filter((one) => one.expr.trim() !== '');
  const instant = newest.has(panel.kind) && panel.reduce === 'last';
  const data = usePanelData(
    asked.map((one) => filledQuery(one.expr, scene.variables, scene.chosen, spans)),
    { ...spans, refresh_s: scene.refresh_s, instant },
    seen,
  );
  if (asked.length === 0) return <p className="panel-calm muted">{t('board.no_query')}</p>;
  if (data.error && !data.data)
    return <ErrorFace error={data.error} since={data.errorUpdatedAt} retry={() => void data.refetch()} />;
  if (!data.data) return seen ? <Skeleton lines={3} /> : null;
  if (data.data.every((answer) => seriesOf(answer).length === 0))
    return <p className="panel-calm muted">{t('monitor.no_samples')}</p>;
  const to = Math.floor(data.dataUpdatedAt / 1000 / step_s) * step_s;
  return (
    <PanelBody
      panel={{ ...panel, queries: asked }}
      answers={data.data}
      from={to - scene.range_s}
      to={to}
      step_s={step_s}
      group={scene.group}
    />
  );
}

interface PanelProps {
  panel: BoardPanel;
  scene: Scene;
  /** Handles of the editor. */
  tools?: ReactNode;
}

export function PanelView({ panel, scene, tools }: PanelProps) {
  const { t } = useTranslation();
  const [place, seen] = useSeen();
  const title = filledText(panel.title, scene.chosen, t('board.every'));
  return (
    <figure className="board-panel" aria-label={title || t(`board.kind.${panel.kind}`)} ref={place as never}>
      {(title || tools) && (
        <figcaption>
          <b>{title}</b>
          {tools}
        </figcaption>
      )}
      <div className={`panel-content panel-${panel.kind}`}>
        {panel.kind === 'text' && <Markdown text={filledText(panel.text, scene.chosen, t('board.every'))} />}
        {panel.kind === 'alerts' && <AlertList panel={panel} />}
        {panel.kind !== 'text' && panel.kind !== 'alerts' && <Data panel={panel} scene={scene} seen={seen} />}
      </div>
    </figure>
  );
}
