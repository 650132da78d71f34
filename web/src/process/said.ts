// What the elements of a drawing say: their attributes as text, conditions and times with them.

export interface Model {
  id?: string;
  $type: string;
  get: (name: string) => unknown;
}

const own = ['record', 'role', 'state', 'fields', 'required', 'assignee', 'due', 'remind', 'action'].concat([
  'sign',
  'signers',
  'share',
  'veto',
  'result',
]);
const references = ['sourceRef', 'targetRef', 'attachedToRef', 'default', 'processRef'];
const times = ['timeDuration', 'timeDate', 'timeCycle'];

const listOf = (value: unknown): Model[] => (Array.isArray(value) ? (value as Model[]) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const get = (model: Model | undefined, name: string): unknown => model?.get(name);

/** Every element with an id that is drawn: pools, lanes, activities, events, gateways, flows. */
export function sayOf(root: Model): Map<string, Model> {
  const found = new Map<string, Model>();
  const visit = (model: Model): void => {
    if (model.id) found.set(model.id, model);
    for (const part of ['flowElements', 'participants', 'messageFlows'])
      listOf(get(model, part)).forEach(visit);
    for (const set of listOf(get(model, 'laneSets'))) listOf(get(set, 'lanes')).forEach(visit);
  };
  listOf(get(root, 'rootElements'))
    .filter((model) => model.$type === 'bpmn:Process' || model.$type === 'bpmn:Collaboration')
    .forEach(visit);
  return found;
}

function timer(model: Model): Record<string, string> {
  const definition = listOf(get(model, 'eventDefinitions')).find(
    (one) => one.$type === 'bpmn:TimerEventDefinition',
  );
  if (!definition) return {};
  const kind = times.find((name) => get(definition, name)) ?? '';
  return {
    timer_kind: kind,
    timer: textOf(get(get(definition, kind || 'timeDuration') as Model | undefined, 'body')),
    working: textOf(get(definition, 'yunzhi:working')),
  };
}

export function attributesOf(model: Model): Record<string, string> {
  const said: Record<string, string> = {
    type: model.$type.replace(/^bpmn:/, ''),
    name: textOf(get(model, 'name')),
    documentation: textOf(get(listOf(get(model, 'documentation'))[0], 'text')),
    condition: textOf(get(get(model, 'conditionExpression') as Model | undefined, 'body')),
    ...timer(model),
  };
  for (const name of own) said[name] = textOf(get(model, `yunzhi:${name}`));
  for (const name of references) said[name] = (get(model, name) as Model | undefined)?.id ?? '';
  if (get(model, 'cancelActivity') === false) said.cancelActivity = 'false';
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''));
}
