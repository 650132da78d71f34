// Two versions of a drawing against each other.
import { expect, test } from 'vitest';
import { differences } from './differences';

const file = (inside: string) => `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:yunzhi="https://yunzhi.dev/bpmn" id="d" targetNamespace="t">
  <bpmn:process id="p" isExecutable="true">${inside}</bpmn:process></bpmn:definitions>`;
const before = file(
  '<bpmn:startEvent id="s"/><bpmn:userTask id="a" name="研判" yunzhi:due="PT2H"/><bpmn:userTask id="b" name="诊断"/>',
);

test('the same file differs in nothing', async () => {
  expect(await differences(before, before)).toEqual([]);
});

test('elements come and go, and our own attributes tell what changed', async () => {
  const after = file(
    '<bpmn:startEvent id="s"/><bpmn:userTask id="a" name="研判" yunzhi:due="PT1H"/><bpmn:userTask id="c" name="修复"/>',
  );
  const found = await differences(before, after);
  expect(found).toContainEqual({ id: 'c', kind: 'added', name: '修复', attributes: [] });
  expect(found).toContainEqual({ id: 'b', kind: 'removed', name: '诊断', attributes: [] });
  expect(found).toContainEqual({
    id: 'a',
    kind: 'changed',
    name: '研判',
    attributes: [{ name: 'due', before: 'PT2H', after: 'PT1H' }],
  });
});

test('a new name is a change', async () => {
  const found = await differences(before, before.replace('诊断', '分析'));
  expect(found).toEqual([
    { id: 'b', kind: 'changed', name: '分析', attributes: [{ name: 'name', before: '诊断', after: '分析' }] },
  ]);
});

test('a time, a condition and the way of a flow are what an element says', async () => {
  const timed = (time: string, condition: string, target: string) =>
    file(
      `<bpmn:userTask id="a"/><bpmn:userTask id="b"/><bpmn:boundaryEvent id="late" attachedToRef="a">
        <bpmn:timerEventDefinition id="t"><bpmn:timeDuration>${time}</bpmn:timeDuration></bpmn:timerEventDefinition>
      </bpmn:boundaryEvent><bpmn:sequenceFlow id="f" sourceRef="a" targetRef="${target}">
        <bpmn:conditionExpression>${condition}</bpmn:conditionExpression></bpmn:sequenceFlow>`,
    );
  const found = await differences(timed('PT1H', 'x = 1', 'b'), timed('PT45M', 'x = 2', 'a'));
  expect(found.map(({ id, attributes }) => [id, attributes])).toEqual([
    ['late', [{ name: 'timer', before: 'PT1H', after: 'PT45M' }]],
    [
      'f',
      [
        { name: 'condition', before: 'x = 1', after: 'x = 2' },
        { name: 'targetRef', before: 'b', after: 'a' },
      ],
    ],
  ]);
});
