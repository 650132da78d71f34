=== An exclusive gateway takes the first way whose condition holds, else the default
element: Exclusive gateway
--- model
<startEvent id="s"/><exclusiveGateway id="g" default="g_c"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>
flow s > g
flow g > a: n > 10
flow g > b: n > 5
flow g > c
--- story
start {"n": 20}
open a
=== An exclusive gateway takes the second way when the first does not hold
element: Exclusive gateway
--- story
start {"n": 7}
open b
=== An exclusive gateway takes the default when nothing holds
element: Exclusive gateway
--- story
start {"n": 1}
open c
=== An empty variable stops a gateway instead of choosing the default
element: Exclusive gateway
--- story
start
error has no answer because 'n' is empty
open -
running
retry g {"n": 6}
open b

=== An exclusive gateway without a way that holds is an incident
element: Exclusive gateway
--- model
<startEvent id="s"/><exclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/>
flow s > g
flow g > a: n = 1
flow g > b: n = 2
--- story
start {"n": 3}
error no condition behind 'g' holds

=== A parallel gateway runs all ways and joins by flow, not by count
element: Parallel gateway
--- model
<startEvent id="s"/><parallelGateway id="f"/><exclusiveGateway id="m"/><parallelGateway id="j"/>
<userTask id="a"/><userTask id="b"/><userTask id="c"/><userTask id="d"/>
flow s > f
flow f > a
flow f > b
flow f > c
flow a > m
flow b > m
flow m > j
flow c > j
flow j > d
--- story
start
open a b c
complete a
complete b
open c
complete c
open d

=== An inclusive gateway waits exactly for the ways that were taken
element: Inclusive gateway
--- model
<startEvent id="s"/><inclusiveGateway id="f" default="f_c"/><inclusiveGateway id="j"/>
<userTask id="a"/><userTask id="b"/><userTask id="c"/><userTask id="d"/>
flow s > f
flow f > a: x
flow f > b: y
flow f > c
flow a > j
flow b > j
flow c > j
flow j > d
--- story
start {"x": true, "y": true}
open a b
complete a
open b
complete b
open d
=== An inclusive gateway with one way taken does not wait for the others
element: Inclusive gateway
--- story
start {"x": false, "y": true}
open b
complete b
open d
=== An inclusive gateway takes the default only when no condition holds
element: Inclusive gateway
--- story
start {"x": false, "y": false}
open c
complete c
open d

=== An inclusive join goes on when the last way that could reach it ends elsewhere
element: Inclusive gateway
--- model
<startEvent id="s"/><inclusiveGateway id="f"/><exclusiveGateway id="x" default="x_e"/><inclusiveGateway id="j"/>
<userTask id="a"/><userTask id="b"/><userTask id="d"/><endEvent id="e"/>
flow s > f
flow f > a: true
flow f > b: true
flow a > x
flow x > j: go
flow x > e
flow b > j
flow j > d
--- story
start
open a b
complete b
open a
complete a {"go": false}
open d

=== An inclusive join sees a way that comes over a boundary event
element: Inclusive gateway
--- model
<startEvent id="s"/><inclusiveGateway id="f"/><inclusiveGateway id="j"/>
<userTask id="a"/><userTask id="b"/><userTask id="d"/><endEvent id="e"/>
<boundaryEvent id="t" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
flow s > f
flow f > a: true
flow f > b: true
flow a > e
flow t > j
flow b > j
flow j > d
--- story
start
complete b
open a
advance PT1H
open d

=== An event-based gateway follows the event that comes first
element: Event-based gateway
--- model
@ <message id="m" name="answer"/>
<startEvent id="s"/><eventBasedGateway id="g"/>
<intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>
<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>
<userTask id="answered"/><userTask id="silent"/>
flow s > g
flow g > c
flow g > t
flow c > answered
flow t > silent
--- story
start
open -
message answer
open answered
advance PT2H
open answered
=== An event-based gateway follows its timer when nothing else comes
element: Event-based gateway
--- story
start
advance PT1H
open silent

=== Conditions may stand on the flows out of a task, with a default
element: Conditional and default flows
--- model
<startEvent id="s"/><userTask id="a" default="a_d"/><userTask id="b"/><userTask id="c"/><userTask id="d"/>
flow s > a
flow a > b: x > 1
flow a > c: x > 2
flow a > d
--- story
start
complete a {"x": 3}
open b c
=== The default flow out of a task is taken when no condition holds
element: Conditional and default flows
--- story
start
complete a {"x": 0}
open d

=== Several flows out of a task run all of them
element: Conditional and default flows
--- model
<startEvent id="s"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>
flow s > a
flow a > b
flow a > c
--- story
start
complete a
open b c

=== Two ways from an event-based gateway may lead to the same event
element: Event-based gateway
--- model
@ <signal id="g" name="g"/>
<startEvent id="s"/><eventBasedGateway id="w"/><intermediateCatchEvent id="c"><signalEventDefinition signalRef="g"/></intermediateCatchEvent><intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent><userTask id="a"/><userTask id="b"/>
<sequenceFlow id="f1" sourceRef="w" targetRef="c"/><sequenceFlow id="f2" sourceRef="w" targetRef="c"/>
flow s > w
flow w > t
flow c > a
flow t > b
--- story
start
open -
signal g
open a
complete a
ended
