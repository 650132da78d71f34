// What differs between two versions of a drawing, element by element, in what the elements say. Moving shapes
// about is no difference.
import { BpmnModdle } from 'bpmn-moddle';
import { attributesOf, sayOf, type Model } from './said';
import { yunzhiModdle } from './yunzhi_moddle';

export interface Change {
  id: string;
  kind: 'added' | 'removed' | 'changed';
  name: string;
  /** Attributes with the old and the new value, as text. */
  attributes: { name: string; before: string; after: string }[];
}

async function elementsOf(xml: string): Promise<Map<string, Model>> {
  const moddle = new BpmnModdle({ yunzhi: yunzhiModdle });
  const { rootElement } = (await moddle.fromXML(xml)) as { rootElement: Model };
  return sayOf(rootElement);
}

const nameOf = (model: Model): string => attributesOf(model).name ?? '';

export async function differences(before: string, after: string): Promise<Change[]> {
  const [old, now] = await Promise.all([elementsOf(before), elementsOf(after)]);
  const changes: Change[] = [];
  for (const [id, model] of now)
    if (!old.has(id)) changes.push({ id, kind: 'added', name: nameOf(model), attributes: [] });
  for (const [id, model] of old) {
    const next = now.get(id);
    if (!next) {
      changes.push({ id, kind: 'removed', name: nameOf(model), attributes: [] });
      continue;
    }
    const [was, is] = [attributesOf(model), attributesOf(next)];
    const attributes = [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .map((name) => ({ name, before: was[name] ?? '', after: is[name] ?? '' }))
      .filter((one) => one.before !== one.after);
    if (attributes.length > 0) changes.push({ id, kind: 'changed', name: nameOf(next), attributes });
  }
  return changes;
}
