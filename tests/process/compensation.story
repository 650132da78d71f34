=== Compensation undoes what was done, the last first
element: Compensation
--- model
<startEvent id="s"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>
<boundaryEvent id="ca" attachedToRef="a"><compensateEventDefinition/></boundaryEvent><userTask id="ua" isForCompensation="true"/><association id="x1" sourceRef="ca" targetRef="ua"/>
<boundaryEvent id="cb" attachedToRef="b"><compensateEventDefinition/></boundaryEvent><userTask id="ub" isForCompensation="true"/><association id="x2" sourceRef="cb" targetRef="ub"/>
<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent><userTask id="z"/>
flow s > a
flow a > b
flow b > c
flow c > t
flow t > z
--- story
start
complete a
complete b
complete c
open ub
complete ub
open ua
complete ua
open z

=== Compensation of one activity leaves the others
element: Compensation
--- model
<startEvent id="s"/><userTask id="a"/><userTask id="b"/>
<boundaryEvent id="ca" attachedToRef="a"><compensateEventDefinition/></boundaryEvent><userTask id="ua" isForCompensation="true"/><association id="x1" sourceRef="ca" targetRef="ua"/>
<boundaryEvent id="cb" attachedToRef="b"><compensateEventDefinition/></boundaryEvent><userTask id="ub" isForCompensation="true"/><association id="x2" sourceRef="cb" targetRef="ub"/>
<endEvent id="e"><compensateEventDefinition activityRef="a"/></endEvent>
flow s > a
flow a > b
flow b > e
--- story
start
complete a
complete b
open ua
complete ua
ended

=== What was not done is not undone
element: Compensation
--- model
<startEvent id="s"/><exclusiveGateway id="g" default="g_t"/><userTask id="a"/>
<boundaryEvent id="ca" attachedToRef="a"><compensateEventDefinition/></boundaryEvent><userTask id="ua" isForCompensation="true"/><association id="x1" sourceRef="ca" targetRef="ua"/>
<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent><userTask id="z"/>
flow s > g
flow g > a: false
flow g > t
flow a > t
flow t > z
--- story
start
open z

=== A finished sub-process is undone by undoing what is inside it
element: Compensation
--- model
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="a"/><userTask id="b"/>
<boundaryEvent id="ca" attachedToRef="a"><compensateEventDefinition/></boundaryEvent><userTask id="ua" isForCompensation="true"/><association id="x1" sourceRef="ca" targetRef="ua"/>
<boundaryEvent id="cb" attachedToRef="b"><compensateEventDefinition/></boundaryEvent><userTask id="ub" isForCompensation="true"/><association id="x2" sourceRef="cb" targetRef="ub"/>
flow ss > a
flow a > b
</subProcess><userTask id="c"/><endEvent id="e"><compensateEventDefinition activityRef="sub"/></endEvent>
flow s > sub
flow sub > c
flow c > e
--- story
start
complete a
complete b
complete c
open ub
complete ub
open ua
complete ua
ended

=== A sub-process may say itself how it is undone
element: Compensation
--- model
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="a"/>
flow ss > a
<subProcess id="ev" triggeredByEvent="true"><startEvent id="es"><compensateEventDefinition/></startEvent><userTask id="undo"/>
flow es > undo
</subProcess></subProcess><userTask id="c"/><intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent><userTask id="z"/>
flow s > sub
flow sub > c
flow c > t
flow t > z
--- story
start
complete a
complete c
open undo
complete undo
open z

=== A cancelled transaction undoes what was done and leaves by its cancel event
element: Transaction
--- model
<startEvent id="s"/><transaction id="tx"><startEvent id="ts"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>
<boundaryEvent id="ca" attachedToRef="a"><compensateEventDefinition/></boundaryEvent><userTask id="ua" isForCompensation="true"/><association id="x1" sourceRef="ca" targetRef="ua"/>
<endEvent id="te"/><endEvent id="tc"><cancelEventDefinition/></endEvent>
flow ts > f
flow f > a
flow f > b
flow f > c
flow a > te
flow b > tc
flow c > te
</transaction><userTask id="good"/><userTask id="cancelled"/>
<boundaryEvent id="x" attachedToRef="tx"><cancelEventDefinition/></boundaryEvent>
flow s > tx
flow tx > good
flow x > cancelled
--- story
start
complete a
complete b
open ua
complete ua
open cancelled
=== A transaction that is not cancelled is left like any sub-process
element: Transaction
--- model
<startEvent id="s"/><transaction id="tx"><startEvent id="ts"/><userTask id="a"/>
flow ts > a
</transaction><userTask id="good"/>
flow s > tx
flow tx > good
--- story
start
complete a
open good

=== Each run of a multi-instance is undone for itself
element: Compensation
--- model
<startEvent id="s"/><userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>
<boundaryEvent id="ca" attachedToRef="a"><compensateEventDefinition/></boundaryEvent><userTask id="ua" isForCompensation="true"/><association id="x1" sourceRef="ca" targetRef="ua"/>
<userTask id="b"/><endEvent id="e"><compensateEventDefinition/></endEvent>
flow s > a
flow a > b
flow b > e
--- story
start
complete a
complete a
complete b
open ua
complete ua
open ua
complete ua
ended

=== An event sub-process that undoes everything undoes its own activities first
element: Compensation
--- model
@ <error id="x" errorCode="x"/>
<startEvent id="s"/><userTask id="a"/><endEvent id="e"><errorEventDefinition errorRef="x"/></endEvent>
<boundaryEvent id="ab" attachedToRef="a"><compensateEventDefinition/></boundaryEvent><userTask id="ua" isForCompensation="true"/><association id="x1" sourceRef="ab" targetRef="ua"/>
flow s > a
flow a > e
<subProcess id="h" triggeredByEvent="true"><startEvent id="hs"><errorEventDefinition errorRef="x"/></startEvent><userTask id="b"/><intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent><userTask id="c"/>
<boundaryEvent id="bb" attachedToRef="b"><compensateEventDefinition/></boundaryEvent><userTask id="ub" isForCompensation="true"/><association id="x2" sourceRef="bb" targetRef="ub"/>
flow hs > b
flow b > t
flow t > c
</subProcess>
--- story
start
complete a
open b
complete b
open ub
complete ub
open ua
complete ua
open c
complete c
ended
