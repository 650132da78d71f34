// Events of a drawing that something outside triggers, and which of them a migration brings along.
import type { ElementMapping } from '@/api/processes';
import { attribute, tag, unescaped } from './drawing';

export type Awaits = 'timer' | 'message' | 'signal' | 'conditional';

export interface WaitingEvent {
  id: string;
  /** Without its namespace: boundaryEvent. */
  type: string;
  awaits: Awaits;
  /** The step on whose border it is. */
  at: string;
  /** What it waits for as it is drawn: PT1H, a condition, the id of a message. */
  says: string;
}

export interface KeptEvent {
  before: WaitingEvent;
  after: WaitingEvent;
}

const holders = new Set(['boundaryEvent', 'intermediateCatchEvent', 'startEvent']);
const triggers = /^(timer|message|signal|conditional)EventDefinition$/;
const rules = new Set(['timeDuration', 'timeDate', 'timeCycle', 'condition']);

export function waitingEventsOf(xml: string): WaitingEvent[] {
  const found: WaitingEvent[] = [];
  const around: { kind: string; attributes: string }[] = [];
  const written = xml.replace(/<!--[\s\S]*?-->/g, '');
  const inside = (kinds: Set<string>) => around.findLast((one) => kinds.has(one.kind));
  for (const read of written.matchAll(tag)) {
    const [whole, closing, , kind = '', attributes = ''] = read;
    if (closing) {
      around.pop();
      continue;
    }
    const awaits = triggers.exec(kind)?.[1] as Awaits | undefined;
    const holder = around.at(-1);
    if (awaits && holder && holders.has(holder.kind)) {
      const scope = around.at(-2);
      // What begins a process has nobody who waits.
      const begins = holder.kind === 'startEvent' && !/\striggeredByEvent/.test(scope?.attributes ?? '');
      const of = (name: string) => attribute(holder.attributes, name) ?? '';
      if (!begins)
        found.push({
          id: of('id'),
          type: holder.kind,
          awaits,
          at: of('attachedToRef'),
          says: attribute(attributes, 'messageRef') ?? attribute(attributes, 'signalRef') ?? '',
        });
    }
    const last = found.at(-1);
    if (last && rules.has(kind) && attribute(inside(holders)?.attributes ?? '', 'id') === last.id)
      last.says = unescaped(
        written
          .slice(read.index + whole.length)
          .split('<', 1)[0]!
          .trim(),
      );
    if (!whole.endsWith('/>')) around.push({ kind, attributes });
  }
  return found;
}

/** Those that go on waiting in the new version, with what they become; the others end or begin by themselves. */
export function keptEvents(before: string, after: string, mapping: ElementMapping): KeptEvent[] {
  const now = new Map(waitingEventsOf(after).map((event) => [event.id, event]));
  return waitingEventsOf(before).flatMap((event) => {
    const next = now.get(mapping[event.id] ?? event.id);
    return next?.type === event.type && next.awaits === event.awaits ? [{ before: event, after: next }] : [];
  });
}
