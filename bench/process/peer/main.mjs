// The process of yunzhi-process-bench (start, task, exclusive gateway of three, task, end) in bpmn-engine: instances
// per second of CPU and the memory of a waiting one. The file is read once for all instances; nothing is stored.
import { Engine } from 'bpmn-engine';
import BpmnModdle from 'bpmn-moddle';
import * as elements from 'bpmn-elements';
import { Serializer, TypeResolver } from 'moddle-context-serializer';

const [count = 5000, waiting = 2000] = process.argv.slice(2).map(Number);

const over = (limit) => '${environment.services.over(environment.variables.amount,' + limit + ')}';
const source = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
             id="d" targetNamespace="bench">
  <process id="p" isExecutable="true">
    <startEvent id="s"/>
    <userTask id="first"/>
    <exclusiveGateway id="g" default="g_c"/>
    <userTask id="a"/><userTask id="b"/><userTask id="c"/>
    <endEvent id="e"/>
    <sequenceFlow id="s_first" sourceRef="s" targetRef="first"/>
    <sequenceFlow id="first_g" sourceRef="first" targetRef="g"/>
    <sequenceFlow id="g_a" sourceRef="g" targetRef="a">
      <conditionExpression xsi:type="tFormalExpression">${over(1000)}</conditionExpression>
    </sequenceFlow>
    <sequenceFlow id="g_b" sourceRef="g" targetRef="b">
      <conditionExpression xsi:type="tFormalExpression">${over(100)}</conditionExpression>
    </sequenceFlow>
    <sequenceFlow id="g_c" sourceRef="g" targetRef="c"/>
    <sequenceFlow id="a_e" sourceRef="a" targetRef="e"/>
    <sequenceFlow id="b_e" sourceRef="b" targetRef="e"/>
    <sequenceFlow id="c_e" sourceRef="c" targetRef="e"/>
  </process>
</definitions>`;

const sourceContext = Serializer(await new BpmnModdle().fromXML(source), TypeResolver(elements));
const services = { over: (amount, limit) => amount > limit };
const start = (amount) => new Engine({ name: 'bench', sourceContext, variables: { amount }, services }).execute();
const open = (running) => running.getPostponed().find((one) => one.type === 'bpmn:UserTask');

const used = process.cpuUsage();
const chosen = new Set();
for (let i = 0; i < count; i += 1) {
  const running = await start(i % 2000);
  open(running).signal();
  chosen.add(open(running).id);
  open(running).signal();
  if (running.getPostponed().length > 0) throw new Error('an instance did not end');
}
const { user, system } = process.cpuUsage(used);
if (chosen.size !== 3) throw new Error('the gateway did not go each of its ways');
console.log(`start, task, gateway of three, task, end: ${Math.round((count * 1e6) / (user + system))} instances/s of CPU`);

globalThis.gc();
const before = process.memoryUsage().heapUsed;
const kept = [];
for (let i = 0; i < waiting; i += 1) kept.push(await start(i));
globalThis.gc();
console.log(`a waiting instance: ${((process.memoryUsage().heapUsed - before) / kept.length / 1024).toFixed(1)} KB of memory`);
