=== Comparisons of Camunda 7 are told in FEEL
element: Camunda 7 files
--- model
<startEvent id="s"/><exclusiveGateway id="g" default="g_c"/><userTask id="a" camunda:assignee="${who}"/><userTask id="b" camunda:candidateGroups="sales"/><userTask id="c"/>
flow s > g
flow g > a: ${amount > 100 && !vip}
flow g > b: ${type == 'x' || (amount % 2) == 0}
flow g > c
--- story
start {"amount": 200, "vip": false, "type": "y"}
open a
=== The second comparison of Camunda 7 is tried when the first does not hold
element: Camunda 7 files
--- story
start {"amount": 7, "vip": false, "type": "x"}
open b
=== Neither comparison holds
element: Camunda 7 files
--- story
start {"amount": 7, "vip": false, "type": "z"}
open c

=== A multi-instance of Camunda 7 counts by its own names
element: Camunda 7 files
--- model
<startEvent id="s"/><userTask id="a"><multiInstanceLoopCharacteristics camunda:collection="people" camunda:elementVariable="person"><completionCondition>${nrOfCompletedInstances/nrOfInstances >= 0.5}</completionCondition></multiInstanceLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start {"people": ["x", "y"]}
open a a
complete a
open b

=== A call activity of Camunda 7 hands over what it names
element: Camunda 7 files
--- model
<startEvent id="s"/><callActivity id="call" calledElement="q"><extensionElements><camunda:in source="x" target="y"/><camunda:out source="r" target="answer"/></extensionElements></callActivity><userTask id="z"/>
flow s > call
flow call > z
process q
<startEvent id="qs"/><scriptTask id="qa" scriptFormat="feel" camunda:resultVariable="r"><script>y + 1</script></scriptTask><userTask id="qb"/>
flow qs > qa
flow qa > qb
--- story
start p {"x": 4}
complete qb
open z
variable answer = 5
variable y = absent

=== Mappings, scripts and loops of Zeebe run as they are written
element: Camunda 8 files
--- model
<startEvent id="s"/><serviceTask id="a"><extensionElements><zeebe:taskDefinition type="job"/><zeebe:ioMapping><zeebe:input source="=order.total" target="amount"/><zeebe:output source="=result * 2" target="doubled"/></zeebe:ioMapping></extensionElements></serviceTask>
<scriptTask id="x"><extensionElements><zeebe:script expression="=doubled + 1" resultVariable="more"/></extensionElements></scriptTask>
<userTask id="b"><multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="results" outputElement="=item * 10"/></extensionElements></multiInstanceLoopCharacteristics></userTask><userTask id="c"/>
flow s > a
flow a > x
flow x > b
flow b > c
--- story
start {"order": {"total": 5}, "items": [1, 2]}
complete a {"result": 4}
open b b
variable doubled = 8
variable more = 9
variable amount = absent
variable result = absent
complete b #2
complete b
open c
variable results = [10, 20]

=== A message of Zeebe is told apart by its key
element: Camunda 8 files
--- model
@ <message id="m" name="paid"><extensionElements><zeebe:subscription correlationKey="=orderId"/></extensionElements></message>
<startEvent id="s"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><userTask id="a"/>
flow s > c
flow c > a
--- story
start {"orderId": 17}
message paid {"orderId": 18}
open -
message paid {"orderId": 17}
open a
=== A message of Zeebe that names its key finds who waits for it
element: Camunda 8 files
--- story
start {"orderId": 17}
message paid key=18
open -
message paid key=17
open a

=== A Flowable data object and its form run
element: Flowable and Activiti files
--- model
<dataObject id="d" name="limit" itemSubjectRef="xsd:int"><extensionElements><flowable:value>5</flowable:value></extensionElements></dataObject>
<startEvent id="s"/><userTask id="a" flowable:candidateGroups="g"><extensionElements><flowable:formProperty id="ok" type="boolean" required="true"/></extensionElements></userTask><exclusiveGateway id="g" default="g_c"/><userTask id="b"/><userTask id="c"/>
flow s > a
flow a > g
flow g > b: ${ok && limit eq 5}
flow g > c
--- story
start
complete a {"ok": true}
open b

=== A caught error and a caught escalation tell Camunda's variables their codes
element: Camunda 7 files
--- model
@ <error id="x" errorCode="E1"/><escalation id="y" escalationCode="up"/>
<startEvent id="s"/><subProcess id="p1"><startEvent id="ps"/><intermediateThrowEvent id="t"><escalationEventDefinition escalationRef="y"/></intermediateThrowEvent><serviceTask id="a"/>
flow ps > t
flow t > a
<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="false"><escalationEventDefinition camunda:escalationCodeVariable="told"/></startEvent><endEvent id="he"/>
flow hs > he
</subProcess></subProcess><boundaryEvent id="b" attachedToRef="p1"><errorEventDefinition camunda:errorCodeVariable="code"/></boundaryEvent><userTask id="c"/>
flow s > p1
flow b > c
--- story
start
variable told = "up"
fail a E1
open c
variable code = "E1"

=== A terminate end of Flowable may end everything
element: Flowable and Activiti files
--- model
<startEvent id="s"/><parallelGateway id="g"/><userTask id="a"/><subProcess id="p1"><startEvent id="ps"/><userTask id="b"/><endEvent id="e"><terminateEventDefinition flowable:terminateAll="true"/></endEvent>
flow ps > b
flow b > e
</subProcess>
flow s > g
flow g > a
flow g > p1
--- story
start
open a b
complete b
ended

=== A conditional filter of Zeebe names the variables to look at
element: Camunda 8 files
--- model
<startEvent id="s"/><intermediateCatchEvent id="w"><conditionalEventDefinition><extensionElements><zeebe:conditionalFilter variableNames="load, heat" variableEvents="update"/></extensionElements><condition>=limit &gt; 5</condition></conditionalEventDefinition></intermediateCatchEvent><userTask id="c"/>
flow s > w
flow w > c
--- story
start {"load": 1, "heat": 20, "limit": 3}
set {"limit": 9}
open -
set {"heat": 21}
open c

=== A terminate end of Flowable ends those that call it as well
element: Flowable and Activiti files
--- model
<startEvent id="s"/><parallelGateway id="g"/><userTask id="a"/><callActivity id="call" calledElement="q"/><userTask id="z"/>
flow s > g
flow g > a
flow g > call
flow call > z
process q
<startEvent id="qs"/><callActivity id="deep" calledElement="r"/>
flow qs > deep
process r
<startEvent id="rs"/><userTask id="b"/><endEvent id="re"><terminateEventDefinition flowable:terminateAll="true"/></endEvent>
flow rs > b
flow b > re
--- story
start p
open a b
complete b
ended
