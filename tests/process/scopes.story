=== A sub-process is over when everything inside is
element: Sub-process
--- model
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/>
flow ss > f
flow f > a
flow f > b
</subProcess><userTask id="c"/>
flow s > sub
flow sub > c
--- story
start
open a b
complete a
open b
complete b
open c

=== An event on the border of a sub-process ends all inside
element: Sub-process
--- model
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><subProcess id="in"><startEvent id="is"/><userTask id="a"/>
flow is > a
</subProcess>
flow ss > in
</subProcess><userTask id="c"/>
<boundaryEvent id="t" attachedToRef="sub"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
flow s > sub
flow t > c
--- story
start
open a
advance PT1H
open c

=== An error goes out through sub-processes to the first that catches its code
element: Error
--- model
@ <error id="e1" errorCode="bad"/><error id="e2" errorCode="worse"/>
<startEvent id="s"/><subProcess id="out"><startEvent id="os"/><subProcess id="in"><startEvent id="is"/><userTask id="a"/><endEvent id="ie"><errorEventDefinition errorRef="e1"/></endEvent>
flow is > a
flow a > ie
</subProcess><userTask id="wrong"/><boundaryEvent id="x" attachedToRef="in"><errorEventDefinition errorRef="e2"/></boundaryEvent>
flow os > in
flow x > wrong
</subProcess><userTask id="right"/><boundaryEvent id="y" attachedToRef="out"><errorEventDefinition errorRef="e1"/></boundaryEvent>
flow s > out
flow y > right
--- story
start
complete a
open right

=== An interrupting event sub-process takes its scope over
element: Event sub-process
--- model
@ <message id="m" name="stop"/>
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="a"/>
flow ss > a
<subProcess id="ev" triggeredByEvent="true"><startEvent id="es"><messageEventDefinition messageRef="m"/></startEvent><userTask id="b"/>
flow es > b
</subProcess></subProcess><userTask id="c"/>
flow s > sub
flow sub > c
--- story
start
open a
message stop
open b
complete b
open c

=== An event sub-process that does not interrupt runs beside, as often as it is triggered
element: Event sub-process
--- model
@ <message id="m" name="note"/>
<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>
flow s > a
flow a > e
<subProcess id="ev" triggeredByEvent="true"><startEvent id="es" isInterrupting="false"><messageEventDefinition messageRef="m"/></startEvent><userTask id="b"/>
flow es > b
</subProcess>
--- story
start
message note
message note
open a b b
complete a
open b b
complete b
complete b
ended

=== A timer starts an event sub-process of the process itself
element: Event sub-process
--- model
<startEvent id="s"/><userTask id="a"/>
flow s > a
<subProcess id="ev" triggeredByEvent="true"><startEvent id="es"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></startEvent><userTask id="b"/>
flow es > b
</subProcess>
--- story
start
advance PT1H
open b
complete b
ended

=== An error is caught by the event sub-process of its scope
element: Event sub-process
--- model
@ <error id="e1" errorCode="bad"/>
<startEvent id="s"/><serviceTask id="a"/>
flow s > a
<subProcess id="ev" triggeredByEvent="true"><startEvent id="es"><errorEventDefinition errorRef="e1"/></startEvent><userTask id="b"/>
flow es > b
</subProcess>
--- story
start
fail a bad
open b
complete b
ended

=== An escalation starts an event sub-process and its thrower goes on
element: Event sub-process
--- model
@ <escalation id="l" escalationCode="late"/>
<startEvent id="s"/><intermediateThrowEvent id="t"><escalationEventDefinition escalationRef="l"/></intermediateThrowEvent><userTask id="a"/>
flow s > t
flow t > a
<subProcess id="ev" triggeredByEvent="true"><startEvent id="es" isInterrupting="false"><escalationEventDefinition escalationRef="l"/></startEvent><userTask id="b"/>
flow es > b
</subProcess>
--- story
start
open a b

=== A condition starts an event sub-process when it becomes true
element: Event sub-process
--- model
<startEvent id="s"/><userTask id="a"/>
flow s > a
<subProcess id="ev" triggeredByEvent="true"><startEvent id="es"><conditionalEventDefinition><condition>stop = true</condition></conditionalEventDefinition></startEvent><userTask id="b"/>
flow es > b
</subProcess>
--- story
start {"stop": false}
open a
set {"stop": true}
open b

=== An ad-hoc sub-process is a checklist: all of it, in any order
element: Ad-hoc sub-process
--- model
<startEvent id="s"/><adHocSubProcess id="list"><userTask id="a"/><userTask id="b"/><userTask id="c"/>
flow b > c
</adHocSubProcess><userTask id="d"/>
flow s > list
flow list > d
--- story
start
open a b
complete b
open a c
complete c
complete a
open d

=== An ad-hoc sub-process ends when its condition holds and gives up the rest
element: Ad-hoc sub-process
--- model
<startEvent id="s"/><adHocSubProcess id="list"><userTask id="a"/><userTask id="b"/><completionCondition>enough = true</completionCondition></adHocSubProcess><userTask id="d"/>
flow s > list
flow list > d
--- story
start {"enough": false}
complete a
open b
complete b
open a b
complete b {"enough": true}
open d

=== An ad-hoc sub-process may let what runs come to its end
element: Ad-hoc sub-process
--- model
<startEvent id="s"/><adHocSubProcess id="list" cancelRemainingInstances="false"><userTask id="a"/><userTask id="b"/><completionCondition>true</completionCondition></adHocSubProcess><userTask id="d"/>
flow s > list
flow list > d
--- story
start
complete a
open b
complete b
open d

=== A sequential ad-hoc sub-process opens one step after the other
element: Ad-hoc sub-process
--- model
<startEvent id="s"/><adHocSubProcess id="list" ordering="Sequential"><userTask id="a"/><userTask id="b"/></adHocSubProcess><userTask id="d"/>
flow s > list
flow list > d
--- story
start
open a
complete a
open b
complete b
open d

=== A call activity runs another process and takes its variables back
element: Call activity
--- model
<startEvent id="s"/><callActivity id="call" calledElement="q"/><userTask id="z"/>
flow s > call
flow call > z
file
process q
<startEvent id="qs"/><userTask id="qa"/><endEvent id="qe"/>
flow qs > qa
flow qa > qe
--- story
start p {"n": 1}
open qa
complete qa {"m": 2}
open z
variable n = 1
variable m = 2

=== A call activity binds to the latest version, to a number or to a tag
element: Call activity
--- model
<startEvent id="s"/><parallelGateway id="f"/><callActivity id="c1" calledElement="q"/><callActivity id="c2" calledElement="q" yunzhi:version="1"/><callActivity id="c3" calledElement="q" yunzhi:tag="two"/>
flow s > f
flow f > c1
flow f > c2
flow f > c3
file
process q
<startEvent id="s"/><userTask id="one"/>
flow s > one
file
process q yunzhi:tag="two"
<startEvent id="s"/><userTask id="two"/>
flow s > two
file
process q
<startEvent id="s"/><userTask id="three"/>
flow s > three
--- story
start p
open three one two

=== An error that ends a called process is caught where it was called
element: Call activity
--- model
@ <error id="e1" errorCode="bad"/>
<startEvent id="s"/><callActivity id="call" calledElement="q"/><userTask id="z"/><userTask id="mend"/>
<boundaryEvent id="x" attachedToRef="call"><errorEventDefinition errorRef="e1"/></boundaryEvent>
flow s > call
flow call > z
flow x > mend
process q
<startEvent id="qs"/><userTask id="qa"/><endEvent id="qe"><errorEventDefinition errorRef="e1"/></endEvent>
flow qs > qa
flow qa > qe
--- story
start p
complete qa
open mend

=== An escalation of a called process reaches its caller, and a call that is interrupted is given up
element: Call activity
--- model
@ <escalation id="l" escalationCode="late"/>
<startEvent id="s"/><callActivity id="call" calledElement="q"/><userTask id="n"/><userTask id="t"/>
<boundaryEvent id="x" attachedToRef="call" cancelActivity="false"><escalationEventDefinition escalationRef="l"/></boundaryEvent>
<boundaryEvent id="y" attachedToRef="call"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
flow s > call
flow x > n
flow y > t
process q
<startEvent id="qs"/><intermediateThrowEvent id="th"><escalationEventDefinition escalationRef="l"/></intermediateThrowEvent><userTask id="qa"/>
flow qs > th
flow th > qa
--- story
start p
open n qa
advance PT1H
open n t

=== A data object begins with its value
element: Data object
--- model
<dataObject id="d" name="limit" yunzhi:value="100"/><startEvent id="s"/><exclusiveGateway id="g" default="g_b"/><userTask id="a"/><userTask id="b"/>
flow s > g
flow g > a: limit > 50
flow g > b
--- story
start
open a
variable limit = 100

=== What is thrown inside an event sub-process is caught around it and not by itself again
element: Event sub-process
--- model
@ <escalation id="x" escalationCode="x"/>
<startEvent id="s"/><subProcess id="p1"><startEvent id="ps"/><intermediateThrowEvent id="pt"><escalationEventDefinition escalationRef="x"/></intermediateThrowEvent><userTask id="a"/>
flow ps > pt
flow pt > a
<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="false"><escalationEventDefinition escalationRef="x"/></startEvent><userTask id="b"/><subProcess id="in"><startEvent id="is"/><endEvent id="ie"><escalationEventDefinition escalationRef="x"/></endEvent>
flow is > ie
</subProcess>
flow hs > b
flow b > in
</subProcess></subProcess><boundaryEvent id="e" attachedToRef="p1" cancelActivity="false"><escalationEventDefinition escalationRef="x"/></boundaryEvent><userTask id="c"/>
flow s > p1
flow e > c
--- story
start
open a b
complete b
open a c
complete a
open c
complete c
ended

=== A call that an error leaves gives back what it names
element: Call activity
--- model
@ <error id="x" errorCode="x"/>
<startEvent id="s"/><callActivity id="call" calledElement="q"><extensionElements><camunda:in source="n" target="n"/><camunda:out source="r" target="answer"/></extensionElements></callActivity><boundaryEvent id="b" attachedToRef="call"><errorEventDefinition errorRef="x"/></boundaryEvent><userTask id="z"/>
flow s > call
flow b > z
process q
<startEvent id="qs"/><userTask id="qa"/><endEvent id="qe"><errorEventDefinition errorRef="x"/></endEvent>
flow qs > qa
flow qa > qe
--- story
start p {"n": 1}
complete qa {"r": 5, "other": 1}
open z
variable answer = 5
variable other = absent

=== A call that an error leaves gives everything back when it names nothing
element: Call activity
--- model
@ <error id="x" errorCode="x"/>
<startEvent id="s"/><callActivity id="call" calledElement="q"/><boundaryEvent id="b" attachedToRef="call"><errorEventDefinition errorRef="x"/></boundaryEvent><userTask id="z"/>
flow s > call
flow b > z
process q
<startEvent id="qs"/><userTask id="qa"/><endEvent id="qe"><errorEventDefinition errorRef="x"/></endEvent>
flow qs > qa
flow qa > qe
--- story
start p
complete qa {"r": 5}
open z
variable r = 5

=== A call that an escalation leaves gives back what it names
element: Call activity
--- model
@ <escalation id="x" escalationCode="x"/>
<startEvent id="s"/><callActivity id="call" calledElement="q"><extensionElements><camunda:out source="r" target="answer"/></extensionElements></callActivity><boundaryEvent id="b" attachedToRef="call"><escalationEventDefinition escalationRef="x"/></boundaryEvent><userTask id="z"/>
flow s > call
flow b > z
process q
<startEvent id="qs"/><userTask id="qa"/><intermediateThrowEvent id="qe"><escalationEventDefinition escalationRef="x"/></intermediateThrowEvent><userTask id="qb"/>
flow qs > qa
flow qa > qe
flow qe > qb
--- story
start p
complete qa {"r": 5}
open z
variable answer = 5

=== The lane that calls a process does those of its steps that name no role
element: Call activity
--- model
<laneSet><lane id="l1" yunzhi:role="clerk"><flowNodeRef>call</flowNodeRef><flowNodeRef>z</flowNodeRef></lane></laneSet>
<startEvent id="s"/><callActivity id="call" calledElement="q"/><userTask id="z"/>
flow s > call
flow call > z
process q yunzhi:called="true"
<startEvent id="qs"/><parallelGateway id="qf"/><userTask id="qa"/><userTask id="qb" yunzhi:role="guard"/><callActivity id="qc" calledElement="r"/>
flow qs > qf
flow qf > qa
flow qf > qb
flow qf > qc
process r yunzhi:called="true"
<startEvent id="rs"/><userTask id="ra"/>
flow rs > ra
--- story
start p
roles qa:clerk qb:guard ra:clerk
