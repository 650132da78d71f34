// A BPMN file as text: names in the reader's language, the place of an element, and what our attributes say.

import type { Naming } from '@/api/processes';

export const tag = /<(\/?)([\w.-]+:)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g;

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;').replace(/\n/g, '&#10;');

export const unescaped = (text: string) =>
  text
    .replace(/&#10;/g, '\n')
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&');

export function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found?.[1] ?? found?.[2];
}

/** The processes of a file; the names of their elements are kept under "<process>.<element>". */
export function processIds(xml: string): string[] {
  const ids: string[] = [];
  for (const [, closing, , kind, attributes] of xml.matchAll(tag))
    if (!closing && kind === 'process') ids.push(attribute(attributes ?? '', 'id') ?? '');
  return ids.filter(Boolean);
}

export interface DrawnElement {
  id: string;
  name: string;
  /** Without its namespace: userTask, boundaryEvent. */
  type: string;
}

const places = /(Task|Event|Gateway|subProcess|callActivity|task|adHocSubProcess|transaction)$/;

/** Everything in a file that a running process can be at. */
export function elementsOf(xml: string): DrawnElement[] {
  const found: DrawnElement[] = [];
  const written = xml.replace(/<!--[\s\S]*?-->/g, '');
  for (const [, closing, , kind = '', attributes = ''] of written.matchAll(tag)) {
    const id = attribute(attributes, 'id');
    if (closing || !id || !places.test(kind)) continue;
    found.push({ id, name: attribute(attributes, 'name') ?? '', type: kind });
  }
  return found;
}

/** The same drawing with its names in the reader's language. */
export function renamed(xml: string, naming: Naming): string {
  const processes = processIds(xml);
  const nameOf = (kind: string, id: string, drawn: string | undefined) => {
    const known = kind === 'process' ? [id] : processes.map((process) => `${process}.${id}`);
    return known.map((one) => [one, naming(one, drawn)]).find(([one, name]) => name !== (drawn ?? one))?.[1];
  };
  return xml.replace(
    tag,
    (whole: string, closing: string, prefix: string, kind: string, attributes: string) => {
      const id = closing ? undefined : attribute(attributes, 'id');
      const drawn = attribute(attributes, 'name');
      const name = id && nameOf(kind, id, drawn && unescaped(drawn));
      if (!name || /^(BPMN|bpmndi)/.test(kind)) return whole;
      const rest = attributes.replace(/\sname\s*=\s*(?:"[^"]*"|'[^']*')/, '');
      return whole.replace(attributes, () => `${rest} name="${escaped(name)}"`);
    },
  );
}

/** The element whose tag stands at, or last before, a place of the file. */
export function elementAt(xml: string, line: number, column: number): string | null {
  const lines = xml.split('\n');
  const offset =
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + Math.max(column - 1, 0);
  const open: (string | null)[] = [];
  let last: string | null = null;
  for (const found of xml.matchAll(tag)) {
    if (found.index > offset) break;
    if (found[1]) {
      open.pop();
      continue;
    }
    const id = attribute(found[4] ?? '', 'id') ?? null;
    last = id ?? open.findLast(Boolean) ?? null;
    if (!found[0].endsWith('/>')) open.push(id);
  }
  return last;
}

/** Elements drawn as something on the canvas: timers and conditions belong to the event or flow around them. */
export function shownElement(
  xml: string,
  line: number,
  column: number,
  isShown: (id: string) => boolean,
): string | null {
  const direct = elementAt(xml, line, column);
  if (direct === null || isShown(direct)) return direct;
  const lines = xml.split('\n');
  for (let above = line - 1; above >= 1; above -= 1) {
    const around = elementAt(xml, above, (lines[above - 1]?.length ?? 0) + 1);
    if (around && isShown(around)) return around;
  }
  return null;
}
