// A drawing as text: names, places, processes.
import { expect, test } from 'vitest';
import { namingOf } from '@/api/processes';
import { elementAt, elementsOf, processIds, renamed, shownElement } from './drawing';

const xml = `<?xml version="1.0"?>
<!-- <bpmn:task id="no" name="no"/> -->
<bpmn:definitions xmlns:bpmn="x" xmlns:yunzhi="y">
  <bpmn:process id="incident" name="故障处理">
    <bpmn:userTask id="assess" name="研判"
                   yunzhi:due="if a &gt; b then &quot;PT1H&quot; else &quot;PT2H&quot;">
    </bpmn:userTask>
    <bpmn:boundaryEvent id="late" attachedToRef="assess">
      <bpmn:timerEventDefinition id="timer">
        <bpmn:timeDuration>PT1H</bpmn:timeDuration>
      </bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="flow" sourceRef="assess" targetRef="end"/>
  </bpmn:process>
  <bpmndi:BPMNShape id="assess_di" bpmnElement="assess"/>
</bpmn:definitions>`;

const drawn = { incident: '故障处理', 'incident.assess': '研判' };

test('translations take the place of what was drawn, and nameless elements get a name', () => {
  const names = {
    incident: 'Fault "handling"',
    'incident.assess': 'Assess & grade',
    'incident.late': 'Late',
    'other.flow': 'Elsewhere',
  };
  const made = renamed(xml, namingOf(names, drawn));
  expect(made).toContain('<bpmn:process id="incident" name="Fault &quot;handling&quot;">');
  expect(made).toContain('name="Assess &amp; grade"');
  expect(made).not.toContain('研判');
  expect(made).toContain('attachedToRef="assess" name="Late">');
  expect(made).not.toContain('Elsewhere');
});

test('a name that was drawn anew is not translated', () => {
  const made = renamed(xml.replace('研判', '研判与分级'), namingOf({ 'incident.assess': 'Assess' }, drawn));
  expect(made).toContain('name="研判与分级"');
});

test('nothing but names changes', () => {
  expect(renamed(xml, namingOf({}, {}))).toBe(xml);
  expect(renamed(xml, namingOf(drawn, drawn))).toBe(xml);
});

test('an element has its translated name, the drawn one, or its id', () => {
  const naming = namingOf({ 'incident.assess': 'Assess' }, drawn);
  expect(naming('incident.assess', '研判')).toBe('Assess');
  expect(naming('incident.assess')).toBe('Assess');
  expect(naming('incident.repair', '修复')).toBe('修复');
  expect(naming('incident.repair')).toBe('incident.repair');
});

test('a running process can be at tasks, events and gateways, not at flows', () => {
  expect(elementsOf(xml).map((element) => element.id)).toEqual(['assess', 'late']);
});

test('a file names its processes', () => {
  expect(processIds(xml)).toEqual(['incident']);
});

test('a place in the file is an element: its own tag, or the one around', () => {
  expect(elementAt(xml, 5, 5)).toBe('assess');
  expect(elementAt(xml, 9, 7)).toBe('timer');
  expect(elementAt(xml, 10, 9)).toBe('timer');
  expect(elementAt(xml, 13, 5)).toBe('flow');
});

test('what is not drawn by itself belongs to the element around it', () => {
  const drawn = (id: string) => ['assess', 'late', 'flow'].includes(id);
  expect(shownElement(xml, 10, 9, drawn)).toBe('late');
  expect(shownElement(xml, 5, 5, drawn)).toBe('assess');
});
