// Facts of an element, read from a model and written back as commands.
import { expect, test, vi } from 'vitest';
import { factsOf, writeFact, writeStep, type Model, type Services, type Shape } from './facts';

const model = (type: string, values: Record<string, unknown> = {}, id = 'x'): Model => ({
  $type: `bpmn:${type}`,
  id,
  get: (name) => values[name],
});
const shape = (businessObject: Model, more: Partial<Shape> = {}): Shape => ({
  id: businessObject.id ?? '',
  type: businessObject.$type,
  businessObject,
  ...more,
});

function services() {
  const modeling = { updateProperties: vi.fn(), updateModdleProperties: vi.fn() };
  const bpmnFactory = { create: (type: string, values: Record<string, unknown>) => ({ type, ...values }) };
  const known: Record<string, unknown> = { modeling, bpmnFactory };
  return { modeling, services: { get: (name: string) => known[name] } as Services };
}

test('a user task tells its state, form, person and due time', () => {
  const task = model('UserTask', {
    name: '研判',
    'yunzhi:state': 'reported',
    'yunzhi:fields': 'severity,urgency',
    'yunzhi:due': 'PT2H',
    documentation: [model('Documentation', { text: '判定' })],
  });
  expect(factsOf(shape(task))).toEqual({
    id: 'x',
    type: 'UserTask',
    values: {
      name: '研判',
      state: 'reported',
      fields: 'severity,urgency',
      required: '',
      readonly: '',
      schema: '',
      assignee: '',
      due: 'PT2H',
      remind: '',
      action: '',
      sign: '',
      documentation: '判定',
    },
  });
});

test('a form is written as one change', () => {
  const told: unknown[] = [];
  const services = { get: () => ({ updateProperties: (_: unknown, values: unknown) => told.push(values) }) };
  writeStep(services as unknown as Services, shape(model('UserTask', {})), { fields: 'a,b', required: '' });
  expect(told).toEqual([{ 'yunzhi:fields': 'a,b', 'yunzhi:required': undefined }]);
});

test('the empty canvas of a drawing with a pool is the process behind the pool', () => {
  const process = model('Process', { name: '故障处理', 'yunzhi:record': 'incident' }, 'incident');
  const root = model('Collaboration', { participants: [model('Participant', { processRef: process })] });
  expect(factsOf(shape(root))).toEqual({
    id: 'incident',
    type: 'Process',
    values: { name: '故障处理', record: 'incident' },
  });
});

test('only a flow out of a branching gateway has a condition', () => {
  const flow = model('SequenceFlow', { conditionExpression: model('FormalExpression', { body: 'a = 1' }) });
  const gateway = shape(model('ExclusiveGateway'));
  expect(factsOf(shape(flow, { source: gateway })).values.condition).toBe('a = 1');
  expect('condition' in factsOf(shape(flow, { source: shape(model('UserTask')) })).values).toBe(false);
});

test('only what has a meaning for the rule of signing is asked for', () => {
  const task = model('UserTask', { 'yunzhi:sign': 'ratio', 'yunzhi:share': '2/3' });
  expect(factsOf(shape(task)).values).toMatchObject({ share: '2/3', signers: '', veto: '', result: '' });
  const all = factsOf(shape(model('UserTask', { 'yunzhi:sign': 'all' }))).values;
  expect('share' in all).toBe(false);
  expect('veto' in all).toBe(true);
});

test('a step that is signed no more keeps nothing of its signers', () => {
  const { modeling, services: given } = services();
  writeFact(given, shape(model('UserTask')), 'sign', '');
  writeFact(given, shape(model('UserTask')), 'sign', 'any');
  expect(modeling.updateProperties.mock.calls.map((call) => call[1] as unknown)).toEqual([
    {
      'yunzhi:sign': undefined,
      'yunzhi:signers': undefined,
      'yunzhi:share': undefined,
      'yunzhi:veto': undefined,
      'yunzhi:result': undefined,
    },
    { 'yunzhi:sign': 'any', 'yunzhi:share': undefined },
  ]);
});

test('an emptied attribute is taken away', () => {
  const { modeling, services: given } = services();
  const task = shape(model('UserTask'));
  writeFact(given, task, 'due', 'PT1H');
  writeFact(given, task, 'due', '');
  expect(modeling.updateProperties.mock.calls.map((call) => call[1] as unknown)).toEqual([
    { 'yunzhi:due': 'PT1H' },
    { 'yunzhi:due': undefined },
  ]);
});

test('a timer keeps its kind when its time changes, and its time when its kind changes', () => {
  const { modeling, services: given } = services();
  const timer = model('TimerEventDefinition', { timeDuration: model('FormalExpression', { body: 'PT1H' }) });
  const event = shape(model('BoundaryEvent', { eventDefinitions: [timer] }));
  expect(factsOf(event).values).toMatchObject({ timer: 'PT1H', timer_kind: 'timeDuration', working: '' });
  writeFact(given, event, 'timer', 'PT2H');
  writeFact(given, event, 'timer_kind', 'timeCycle');
  expect(modeling.updateModdleProperties.mock.calls.map((call) => call[2] as unknown)).toEqual([
    {
      timeDuration: { type: 'bpmn:FormalExpression', body: 'PT2H' },
      timeDate: undefined,
      timeCycle: undefined,
    },
    {
      timeDuration: undefined,
      timeDate: undefined,
      timeCycle: { type: 'bpmn:FormalExpression', body: 'PT1H' },
    },
  ]);
});

test('the default flow is a property of its gateway', () => {
  const { modeling, services: given } = services();
  const gateway = shape(model('ExclusiveGateway'));
  const flow = shape(model('SequenceFlow'), { source: gateway });
  writeFact(given, flow, 'otherwise', 'true');
  expect(modeling.updateProperties).toHaveBeenCalledWith(gateway, { default: flow.businessObject });
});
