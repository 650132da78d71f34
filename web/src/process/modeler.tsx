// The modeller: bpmn-js with our attributes, its chosen element as plain facts, every change as a new file. The
// maker's mark stays visible, as its licence asks.
import Modeler from 'bpmn-js/lib/Modeler';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-codes.css';
import i18next from 'i18next';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorFace } from '@/kit/faces';
import { useTheme } from '@/kit/theme';
import { colour } from '@/kit/tokens';
import { wordOr } from '@/kit/words';
import { factsOf, writeFact, writeStep, type Fact, type Facts, type Shape, type Services } from './facts';
import { yunzhiModdle } from './yunzhi_moddle';
import './designer.css';

export interface Handle {
  set: (name: Fact, value: string) => void;
  /** Several facts of a step as one change. */
  setStep: (values: Partial<Record<Fact, string>>) => void;
  choose: (id: string) => void;
  undo: () => void;
  redo: () => void;
  fit: () => void;
  isShown: (id: string) => boolean;
}

interface ModelerProps {
  /** Read when it changes; what is drawn afterwards comes back through onChange. */
  xml: string;
  /** Elements with a problem. */
  troubled: string[];
  onChange: (xml: string) => void;
  onChoose: (facts: Facts | null) => void;
  onReady: (handle: Handle) => void;
}

const palette_px = 54;
const palette_room = 0.84;

/** Tool tips of the modeller under keys made from its English words. */
function translate(template: string, gaps: Record<string, string> = {}): string {
  const key = `modeler.${template
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')}`;
  const text = i18next.exists(key) ? wordOr(key, template) : template;
  return text.replace(/\{([^}]+)\}/g, (_, name: string) => gaps[name] ?? `{${name}}`);
}

function handleOf(modeler: Modeler): Handle {
  const services: Services = { get: (name) => modeler.get(name) };
  const registry = modeler.get<{ get: (id: string) => Shape | undefined }>('elementRegistry');
  const selection = modeler.get<{ get: () => Shape[]; select: (shape: Shape) => void }>('selection');
  const canvas = modeler.get<{
    zoom: (level?: string | number, center?: string) => number;
    scroll: (by: { dx: number; dy: number }) => void;
    scrollToElement: (shape: Shape) => void;
    getRootElement: () => Shape;
  }>('canvas');
  const commands = modeler.get<{
    canUndo: () => boolean;
    undo: () => void;
    canRedo: () => boolean;
    redo: () => void;
  }>('commandStack');
  return {
    set: (name, value) => writeFact(services, selection.get()[0] ?? canvas.getRootElement(), name, value),
    setStep: (values) => {
      const shape = selection.get()[0];
      if (shape) writeStep(services, shape, values);
    },
    choose: (id) => {
      const shape = registry.get(id);
      if (!shape) return;
      selection.select(shape);
      canvas.scrollToElement(shape);
    },
    undo: () => commands.canUndo() && commands.undo(),
    redo: () => commands.canRedo() && commands.redo(),
    fit: () => {
      // The palette lies over the left edge.
      canvas.zoom('fit-viewport', 'auto');
      canvas.zoom(canvas.zoom() * palette_room, 'auto');
      canvas.scroll({ dx: palette_px, dy: 0 });
    },
    isShown: (id) => Boolean(registry.get(id)),
  };
}

function open(place: HTMLElement, scheme: 'light' | 'dark'): Modeler {
  return new Modeler({
    container: place,
    moddleExtensions: { yunzhi: yunzhiModdle },
    additionalModules: [{ translate: ['value', translate] }],
    bpmnRenderer: {
      defaultFillColor: colour(scheme, 'surface'),
      defaultStrokeColor: colour(scheme, 'muted'),
      defaultLabelColor: colour(scheme, 'text'),
    },
  });
}

export default function ModelerView(props: ModelerProps) {
  const { t } = useTranslation();
  const { scheme } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<Modeler | null>(null);
  const latest = useRef(props);
  const current = useRef('');
  const [error, setError] = useState<unknown>(null);
  const { xml, troubled } = props;
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (!place.current) return;
    const modeler = open(place.current, scheme);
    shown.current = modeler;
    const choose = () => {
      const chosen = modeler.get<{ get: () => Shape[] }>('selection').get();
      const root = modeler.get<{ getRootElement: () => Shape }>('canvas').getRootElement();
      latest.current.onChoose(chosen.length > 1 ? null : factsOf(chosen[0] ?? root));
    };
    const changed = async () => {
      choose();
      const { xml: text } = await modeler.saveXML({ format: true });
      if (!text || shown.current !== modeler) return;
      current.current = text;
      latest.current.onChange(text);
    };
    // A theme change opens the modeller anew, with what was drawn.
    modeler.importXML(current.current || latest.current.xml).then(
      () => {
        if (shown.current !== modeler) return;
        const handle = handleOf(modeler);
        handle.fit();
        modeler.on('selection.changed', choose);
        modeler.on('commandStack.changed', () => void changed());
        setError(null);
        choose();
        latest.current.onReady(handle);
      },
      (refused: unknown) => shown.current === modeler && setError(refused),
    );
    return () => {
      shown.current = null;
      modeler.destroy();
    };
  }, [scheme, xml]);
  useEffect(() => {
    const modeler = shown.current;
    if (!modeler) return;
    const canvas = modeler.get<{
      addMarker: (id: string, name: string) => void;
      removeMarker: (id: string, name: string) => void;
    }>('canvas');
    const registry = modeler.get<{ get: (id: string) => unknown }>('elementRegistry');
    const marked = troubled.filter((id) => registry.get(id));
    for (const id of marked) canvas.addMarker(id, 'troubled');
    return () => {
      if (shown.current !== modeler) return;
      for (const id of marked) if (registry.get(id)) canvas.removeMarker(id, 'troubled');
    };
  }, [troubled]);
  return (
    <>
      {error ? <ErrorFace error={error} /> : null}
      <div ref={place} className="designer-canvas diagram" role="group" aria-label={t('process.drawing')} />
    </>
  );
}
