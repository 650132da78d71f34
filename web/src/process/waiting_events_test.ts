// Events that wait, and which of them a migration brings along.
import { expect, test } from 'vitest';
import { keptEvents, waitingEventsOf } from './waiting_events';

const drawing = (late: string, more = '') => `<bpmn:definitions xmlns:bpmn="x"><bpmn:process id="p">
  <bpmn:startEvent id="daily"><bpmn:timerEventDefinition><bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>
  <bpmn:userTask id="assess"/>
  <!-- <bpmn:boundaryEvent id="old"><bpmn:timerEventDefinition/></bpmn:boundaryEvent> -->
  <bpmn:boundaryEvent id="late" name="超时" attachedToRef="assess"><bpmn:outgoing>f1</bpmn:outgoing>
    <bpmn:timerEventDefinition id="t"><bpmn:timeDuration>${late}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
  <bpmn:intermediateCatchEvent id="parts"><bpmn:messageEventDefinition messageRef="arrived"/></bpmn:intermediateCatchEvent>
  <bpmn:subProcess id="stop" triggeredByEvent="true"><bpmn:startEvent id="cold"><bpmn:conditionalEventDefinition>
    <bpmn:condition>heat &lt; 5</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:startEvent></bpmn:subProcess>
  <bpmn:intermediateThrowEvent id="say"><bpmn:signalEventDefinition signalRef="over"/></bpmn:intermediateThrowEvent>
  ${more}</bpmn:process></bpmn:definitions>`;

test('an event waits when it catches, on a border or at the start of an event sub-process', () => {
  expect(waitingEventsOf(drawing('PT1H'))).toEqual([
    { id: 'late', type: 'boundaryEvent', awaits: 'timer', at: 'assess', says: 'PT1H' },
    {
      id: 'parts',
      type: 'intermediateCatchEvent',
      awaits: 'message',
      at: '',
      says: 'arrived',
    },
    { id: 'cold', type: 'startEvent', awaits: 'conditional', at: '', says: 'heat < 5' },
  ]);
});

test('what the new version has is brought along, with what each of them says', () => {
  const kept = keptEvents(drawing('PT1H'), drawing('PT2H'), {});
  expect(kept.map(({ before, after }) => [after.id, before.says, after.says])).toEqual([
    ['late', 'PT1H', 'PT2H'],
    ['parts', 'arrived', 'arrived'],
    ['cold', 'heat < 5', 'heat < 5'],
  ]);
});

test('one that is mapped becomes another, and one without a counterpart of its kind is not brought along', () => {
  const after = drawing('PT1H').replace('id="late"', 'id="slow"');
  const ids = (mapping: Record<string, string>) =>
    keptEvents(drawing('PT1H'), after, mapping).map((one) => one.after.id);
  expect(ids({})).toEqual(['parts', 'cold']);
  expect(ids({ late: 'slow' })).toEqual(['slow', 'parts', 'cold']);
  expect(ids({ late: 'parts' })).toEqual(['parts', 'cold']);
});
