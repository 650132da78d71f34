// What differs between two versions of a drawing, element by element, and in words' parts.
import { BpmnModdle } from 'bpmn-moddle';
import { diff } from 'bpmn-js-differ';
import { yunzhiModdle } from './yunzhi_moddle';

export interface Change {
  id: string;
  kind: 'added' | 'removed' | 'changed';
  name: string;
  /** Attributes with the old and the new value, as text. */
  attributes: { name: string; before: string; after: string }[];
}

interface Named {
  id: string;
  name?: string;
  $type?: string;
}

interface Found {
  _added: Record<string, Named>;
  _removed: Record<string, Named>;
  _changed: Record<
    string,
    { model: Named; attrs: Record<string, { oldValue?: unknown; newValue?: unknown }> }
  >;
}

async function modelOf(xml: string): Promise<unknown> {
  const moddle = new BpmnModdle({ yunzhi: yunzhiModdle });
  return (await moddle.fromXML(xml)).rootElement;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') {
    const { body, text, id, name } = value as { body?: string; text?: string; id?: string; name?: string };
    if (Array.isArray(value)) return value.map(textOf).join(', ');
    return body ?? text ?? name ?? id ?? '';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const bookkeeping = new Set(['incoming', 'outgoing', 'flowNodeRef', 'flowElements', 'laneSets', 'lanes']);

/** Elements that exist in one version only, and those whose attributes differ; mere moving is no difference. */
export async function differences(before: string, after: string): Promise<Change[]> {
  const found = diff(await modelOf(before), await modelOf(after)) as Found;
  const only = (kind: 'added' | 'removed', elements: Record<string, Named>): Change[] =>
    Object.values(elements).map(({ id, name }) => ({ id, kind, name: name ?? '', attributes: [] }));
  const changed = Object.values(found._changed).flatMap(({ model, attrs }): Change[] => {
    const attributes = Object.entries(attrs)
      // The library's "new" is the side given first.
      .map(([name, { oldValue: now, newValue: old }]) => ({
        name: name.split('.')[0]?.replace(/^yunzhi:/, '') ?? name,
        before: textOf(old),
        after: textOf(now),
      }))
      .filter(({ name, before: old, after: now }) => !bookkeeping.has(name) && old !== now);
    return attributes.length === 0
      ? []
      : [{ id: model.id, kind: 'changed', name: model.name ?? '', attributes }];
  });
  return [...only('added', found._added), ...only('removed', found._removed), ...changed];
}
