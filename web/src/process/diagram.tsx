// A process as its BPMN diagram: where it stands (active), where it has been (visited). Read only;
// the maker's mark of bpmn-js stays visible, as its licence asks.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'antd';
import { ErrorFace } from '@/kit/faces';
import { ShapeMark } from '@/kit/marks';
import { useTheme } from '@/kit/theme';
import { colour } from '@/kit/tokens';
import './diagram.css';

interface DiagramProps {
  xml: string;
  active?: string[];
  visited?: string[];
  flows?: string[];
}

interface Canvas {
  zoom: (level: string | number, center?: unknown) => number;
  addMarker: (element: string, marker: string) => void;
}

function mark(viewer: NavigatedViewer, ids: string[], marker: string): void {
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<{ get: (id: string) => unknown }>('elementRegistry');
  for (const id of ids) if (registry.get(id)) canvas.addMarker(id, marker);
}

export default function DiagramView({ xml, active = [], visited = [], flows = [] }: DiagramProps) {
  const { t } = useTranslation();
  const { scheme } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<NavigatedViewer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const marks = JSON.stringify([active, visited, flows]);
  useEffect(() => {
    if (!place.current) return;
    const viewer = new NavigatedViewer({
      container: place.current,
      bpmnRenderer: {
        defaultFillColor: colour(scheme, 'surface'),
        defaultStrokeColor: colour(scheme, 'muted'),
        defaultLabelColor: colour(scheme, 'text'),
      },
    });
    shown.current = viewer;
    let gone = false;
    viewer.importXML(xml).then(
      () => {
        if (gone) return;
        const [on, been, along] = JSON.parse(marks) as string[][];
        mark(viewer, been ?? [], 'visited');
        mark(viewer, along ?? [], 'visited-flow');
        mark(viewer, on ?? [], 'active');
        viewer.get<Canvas>('canvas').zoom('fit-viewport', 'auto');
        setError(null);
      },
      (refused: unknown) => !gone && setError(refused),
    );
    return () => {
      gone = true;
      viewer.destroy();
    };
  }, [xml, marks, scheme]);
  const zoom = (factor: number) => {
    const canvas = shown.current?.get<Canvas & { zoom: (level?: number) => number }>('canvas');
    if (canvas)
      canvas.zoom(
        factor === 0 ? 'fit-viewport' : (canvas.zoom as (level?: number) => number)() * factor,
        'auto',
      );
  };
  return (
    <div className="diagram">
      <div className="diagram-bar">
        <span className="mark tone-accent">
          <ShapeMark shape="square" tone="accent" /> {t('process.active')}
        </span>
        <span className="mark tone-green">
          <ShapeMark shape="tick" tone="green" /> {t('process.visited')}
        </span>
        <span className="grow" />
        <Button size="small" onClick={() => zoom(1.25)} aria-label={t('process.zoom_in')}>
          +
        </Button>
        <Button size="small" onClick={() => zoom(0.8)} aria-label={t('process.zoom_out')}>
          −
        </Button>
        <Button size="small" onClick={() => zoom(0)}>
          {t('process.fit')}
        </Button>
      </div>
      {error ? <ErrorFace error={error} /> : null}
      <div ref={place} className="diagram-canvas" role="group" aria-label={t('process.diagram')} />
    </div>
  );
}
