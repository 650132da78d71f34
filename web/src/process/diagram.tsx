// A process as its BPMN diagram: where it stands (active), where it has been (visited), and an element chosen
// by a click. Read only; the maker's mark of bpmn-js stays visible, as its licence asks.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'antd';
import { useNaming } from '@/api/processes';
import { ErrorFace } from '@/kit/faces';
import { ShapeMark, type Shape, type Tone } from '@/kit/marks';
import { useTheme } from '@/kit/theme';
import { colour } from '@/kit/tokens';
import { elementOf, type Drawn, type Element } from './element';
import { renamed } from './drawing';
import './diagram.css';

export type Marks = Record<string, string[]>;

interface DiagramProps {
  xml: string;
  active?: string[];
  visited?: string[];
  flows?: string[];
  /** Further marks by name: added, removed, changed, warm, hot. */
  marks?: Marks;
  /** A few words at the corner of an element, by its id. */
  notes?: Record<string, string>;
  selected?: string | null;
  onSelect?: (element: Element | null) => void;
  onReady?: (window: View) => void;
}

interface Viewbox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of a drawing that is seen. */
export interface View {
  show: (box: Viewbox) => void;
  /** Calls back after each move or zoom. */
  onMove: (listen: (box: Viewbox) => void) => void;
}

interface Canvas {
  zoom: (level?: string | number, center?: unknown) => number;
  viewbox: (box?: Viewbox) => Viewbox;
  addMarker: (element: string, marker: string) => void;
  removeMarker: (element: string, marker: string) => void;
}

interface Registry {
  get: (id: string) => Drawn | undefined;
}

const plain = ({ x, y, width, height }: Viewbox): Viewbox => ({ x, y, width, height });

const legend: [string, Shape, Tone, string][] = [
  ['active', 'square', 'accent', 'process.active'],
  ['visited', 'tick', 'green', 'process.visited'],
  ['added', 'square', 'green', 'process.added'],
  ['removed', 'cross', 'red', 'process.removed'],
  ['changed', 'half', 'orange', 'process.changed'],
  ['failed', 'cross', 'red', 'process.failed'],
  ['warm', 'half', 'orange', 'process.warm'],
  ['hot', 'square', 'red', 'process.hot'],
];

function mark(viewer: NavigatedViewer, ids: string[], marker: string): void {
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<Registry>('elementRegistry');
  for (const id of ids) if (registry.get(id)) canvas.addMarker(id, marker);
}

interface Overlays {
  add: (element: string, note: { position: object; html: HTMLElement }) => void;
}

function annotate(viewer: NavigatedViewer, notes: Record<string, string>): void {
  const overlays = viewer.get<Overlays>('overlays');
  const registry = viewer.get<Registry>('elementRegistry');
  for (const [id, text] of Object.entries(notes)) {
    if (!registry.get(id)) continue;
    const note = document.createElement('span');
    note.className = 'diagram-note figures';
    note.textContent = text;
    overlays.add(id, { position: { bottom: 4, left: 4 }, html: note });
  }
}

function Bar({ shown, zoom }: { shown: Set<string>; zoom: (factor: number) => void }) {
  const { t } = useTranslation();
  return (
    <div className="diagram-bar">
      {legend
        .filter(([key]) => shown.has(key))
        .map(([key, shape, tone, word]) => (
          <span key={key} className={`mark tone-${tone}`}>
            <ShapeMark shape={shape} tone={tone} /> {t(word)}
          </span>
        ))}
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
  );
}

export default function DiagramView(props: DiagramProps) {
  const { xml, active = [], visited = [], flows = [], selected = null } = props;
  const { t } = useTranslation();
  const { scheme } = useTheme();
  const naming = useNaming();
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<NavigatedViewer | null>(null);
  const [ready, setReady] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const calls = useRef(props);
  useEffect(() => {
    calls.current = props;
  });
  const all: Marks = { visited, 'visited-flow': flows, active, ...props.marks };
  const marks = JSON.stringify(all);
  const notes = JSON.stringify(props.notes ?? {});
  const text = useMemo(() => renamed(xml, naming), [xml, naming]);
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
    viewer.on('element.click', ({ element }: { element: Drawn }) =>
      calls.current.onSelect?.(elementOf(element)),
    );
    viewer.importXML(text).then(
      () => {
        if (gone) return;
        for (const [marker, ids] of Object.entries(JSON.parse(marks) as Marks)) mark(viewer, ids, marker);
        annotate(viewer, JSON.parse(notes) as Record<string, string>);
        const canvas = viewer.get<Canvas>('canvas');
        canvas.zoom('fit-viewport', 'auto');
        setError(null);
        setReady((before) => before + 1);
        calls.current.onReady?.({
          show: (box) => canvas.viewbox(box),
          onMove: (listen) =>
            viewer.on('canvas.viewbox.changed', ({ viewbox }: { viewbox: Viewbox }) =>
              listen(plain(viewbox)),
            ),
        });
      },
      (refused: unknown) => !gone && setError(refused),
    );
    return () => {
      gone = true;
      viewer.destroy();
    };
  }, [text, marks, notes, scheme]);
  useEffect(() => {
    const viewer = shown.current;
    if (!viewer || ready === 0 || !selected) return;
    if (!viewer.get<Registry>('elementRegistry').get(selected)) return;
    const canvas = viewer.get<Canvas>('canvas');
    canvas.addMarker(selected, 'chosen');
    return () => {
      if (viewer === shown.current) canvas.removeMarker(selected, 'chosen');
    };
  }, [selected, ready]);
  const zoom = (factor: number) => {
    const canvas = shown.current?.get<Canvas>('canvas');
    if (canvas) canvas.zoom(factor === 0 ? 'fit-viewport' : canvas.zoom() * factor, 'auto');
  };
  const kinds = new Set(Object.entries(all).flatMap(([key, ids]) => (ids.length > 0 ? [key] : [])));
  return (
    <div className={props.onSelect ? 'diagram diagram-choice' : 'diagram'}>
      <Bar shown={kinds} zoom={zoom} />
      {error ? <ErrorFace error={error} /> : null}
      <div ref={place} className="diagram-canvas" role="group" aria-label={t('process.diagram')} />
    </div>
  );
}
