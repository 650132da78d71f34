// What the properties panel shows of an element, read from the model as plain text, and written back as commands
// of the modeller, so that undo knows them.

export type Fact =
  | 'name'
  | 'record'
  | 'role'
  | 'state'
  | 'fields'
  | 'required'
  | 'readonly'
  | 'schema'
  | 'assignee'
  | 'due'
  | 'remind'
  | 'sign'
  | 'signers'
  | 'share'
  | 'veto'
  | 'result'
  | 'action'
  | 'documentation'
  | 'condition'
  | 'otherwise'
  | 'timer'
  | 'timer_kind'
  | 'working';

export interface Facts {
  id: string;
  /** Without prefix: UserTask. */
  type: string;
  values: Partial<Record<Fact, string>>;
}

export interface Model {
  id?: string;
  $type: string;
  $parent?: Model;
  get: (name: string) => unknown;
}

export interface Shape {
  id: string;
  type: string;
  businessObject: Model;
  labelTarget?: Shape;
  source?: Shape;
}

export interface Services {
  get: <T>(name: string) => T;
}

interface Modeling {
  updateProperties: (shape: Shape, values: Record<string, unknown>) => void;
  updateModdleProperties: (shape: Shape, model: Model, values: Record<string, unknown>) => void;
}

interface Factory {
  create: (type: string, values: Record<string, unknown>) => Model;
}

const timerKinds = ['timeDuration', 'timeDate', 'timeCycle'];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const bodyOf = (value: unknown): string => textOf((value as Model | undefined)?.get('body'));

function timerOf(model: Model): Model | undefined {
  const definitions = model.get('eventDefinitions') as Model[] | undefined;
  return definitions?.find((one) => one.$type === 'bpmn:TimerEventDefinition');
}

/** The process behind a pool or behind the empty canvas. */
function processOf(model: Model): Model | undefined {
  if (model.$type === 'bpmn:Process') return model;
  if (model.$type === 'bpmn:Participant') return model.get('processRef') as Model | undefined;
  if (model.$type === 'bpmn:Collaboration')
    return (model.get('participants') as Model[] | undefined)?.map(processOf).find(Boolean);
  return undefined;
}

const branching = new Set(['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway']);

export function branches(shape: Shape): boolean {
  return branching.has(shape.source?.businessObject.$type ?? '');
}

function ownValues(model: Model, names: Fact[]): Partial<Record<Fact, string>> {
  return Object.fromEntries(names.map((name) => [name, textOf(model.get(`yunzhi:${name}`))]));
}

const shared = new Set(['ratio', 'weighted']);

/** How a step is counter-signed: what has no meaning for its rule is not asked for. */
function signingOf(model: Model): Fact[] {
  const sign = textOf(model.get('yunzhi:sign'));
  if (!sign) return ['sign'];
  return ['sign', 'signers', ...(shared.has(sign) ? (['share'] as const) : []), 'veto', 'result'];
}

/** Another rule takes along what has no meaning for it. */
function signing(sign: string): Record<string, string | undefined> {
  const gone: Fact[] = sign ? (shared.has(sign) ? [] : ['share']) : ['signers', 'share', 'veto', 'result'];
  return Object.fromEntries([
    ['yunzhi:sign', sign || undefined],
    ...gone.map((name) => [`yunzhi:${name}`, undefined]),
  ]);
}

function valuesOf(shape: Shape, model: Model): Partial<Record<Fact, string>> {
  const type = model.$type.replace(/^bpmn:/, '');
  switch (type) {
    case 'UserTask':
      return ownValues(model, [
        'state',
        'fields',
        'required',
        'readonly',
        'schema',
        'assignee',
        'due',
        'remind',
        'action',
        ...signingOf(model),
      ]);
    case 'ServiceTask':
    case 'SendTask':
      return ownValues(model, ['action']);
    case 'EndEvent':
      return ownValues(model, ['state']);
    case 'Lane':
      return ownValues(model, ['role']);
    case 'SequenceFlow':
      if (!branches(shape)) return {};
      return {
        condition: bodyOf(model.get('conditionExpression')),
        otherwise: shape.source?.businessObject.get('default') === model ? 'true' : '',
      };
    default: {
      const timer = timerOf(model);
      if (!timer) return {};
      const kind = timerKinds.find((one) => timer.get(one)) ?? 'timeDuration';
      return {
        timer_kind: kind,
        timer: bodyOf(timer.get(kind)),
        working: timer.get('yunzhi:working') === 'true' ? 'true' : '',
      };
    }
  }
}

export function factsOf(chosen: Shape): Facts {
  const shape = chosen.labelTarget ?? chosen;
  const model = shape.businessObject;
  const process = processOf(model);
  if (process)
    return {
      id: textOf(process.id),
      type: 'Process',
      values: { name: textOf(process.get('name')), record: textOf(process.get('yunzhi:record')) },
    };
  const documentation = (model.get('documentation') as Model[] | undefined)?.[0];
  return {
    id: textOf(model.id),
    type: model.$type.replace(/^bpmn:/, ''),
    values: {
      name: textOf(model.get('name')),
      ...valuesOf(shape, model),
      documentation: textOf(documentation?.get('text')),
    },
  };
}

function writeTimer(services: Services, shape: Shape, model: Model, name: Fact, value: string): void {
  const timer = timerOf(model);
  if (!timer) return;
  const modeling = services.get<Modeling>('modeling');
  if (name === 'working') {
    modeling.updateModdleProperties(shape, timer, { 'yunzhi:working': value || undefined });
    return;
  }
  const kind = name === 'timer_kind' ? value : (timerKinds.find((one) => timer.get(one)) ?? 'timeDuration');
  const text = name === 'timer' ? value : bodyOf(timerKinds.map((one) => timer.get(one)).find(Boolean));
  const body = services.get<Factory>('bpmnFactory').create('bpmn:FormalExpression', { body: text });
  modeling.updateModdleProperties(
    shape,
    timer,
    Object.fromEntries(timerKinds.map((one) => [one, one === kind ? body : undefined])),
  );
}

function writeProcess(services: Services, shape: Shape, process: Model, name: Fact, value: string): void {
  const modeling = services.get<Modeling>('modeling');
  const attribute = name === 'record' ? 'yunzhi:record' : name;
  modeling.updateModdleProperties(shape, process, { [attribute]: value || undefined });
}

/** Sets several facts of a step as one change, so that one undo takes them back. */
export function writeStep(services: Services, shape: Shape, values: Partial<Record<Fact, string>>): void {
  services
    .get<Modeling>('modeling')
    .updateProperties(
      shape.labelTarget ?? shape,
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [`yunzhi:${name}`, value || undefined]),
      ),
    );
}

/** Sets one fact; an empty text takes it away. */
export function writeFact(services: Services, chosen: Shape, name: Fact, value: string): void {
  const shape = chosen.labelTarget ?? chosen;
  const model = shape.businessObject;
  const process = processOf(model);
  if (process) return writeProcess(services, shape, process, name, value);
  const modeling = services.get<Modeling>('modeling');
  const factory = services.get<Factory>('bpmnFactory');
  switch (name) {
    case 'name':
      return modeling.updateProperties(shape, { name: value });
    case 'documentation':
      return modeling.updateProperties(shape, {
        documentation: value ? [factory.create('bpmn:Documentation', { text: value })] : [],
      });
    case 'condition':
      return modeling.updateProperties(shape, {
        conditionExpression: value ? factory.create('bpmn:FormalExpression', { body: value }) : undefined,
      });
    case 'otherwise':
      if (shape.source) modeling.updateProperties(shape.source, { default: value ? model : undefined });
      return;
    case 'timer':
    case 'timer_kind':
    case 'working':
      return writeTimer(services, shape, model, name, value);
    case 'sign':
      return modeling.updateProperties(shape, signing(value));
    default:
      return modeling.updateProperties(shape, { [`yunzhi:${name}`]: value || undefined });
  }
}
