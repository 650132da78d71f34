=== A user task waits for its person
element: User task
--- model
<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>
flow s > a
flow a > e
--- story
start
open a
running
complete a {"note": "done"}
open -
ended
variable note = "done"
complete a
error no task 'a' is open

=== A manual task and a task of no kind wait like a user task
element: Manual task
--- model
<startEvent id="s"/><manualTask id="a"/><task id="b"/><endEvent id="e"/>
flow s > a
flow a > b
flow b > e
--- story
start
open a
complete a
open b
complete b
ended

=== A service task waits for its service and takes its variables over
element: Service task
--- model
<startEvent id="s"/><serviceTask id="a" yunzhi:action="backup.run"/><endEvent id="e"/>
flow s > a
flow a > e
--- story
start
open a
complete a {"bytes": 12}
ended
variable bytes = 12

=== A service whose result is scripted is done at once
element: Service task
--- story
script {"a": {"variables": {"bytes": 7}}}
start
ended
variable bytes = 7

=== A service that fails goes to its error event, by code first
element: Service task
--- model
@ <error id="e1" errorCode="full"/>
<startEvent id="s"/><serviceTask id="a"/><userTask id="b"/><userTask id="mend"/><userTask id="other"/>
<boundaryEvent id="x" attachedToRef="a"><errorEventDefinition errorRef="e1"/></boundaryEvent>
<boundaryEvent id="any" attachedToRef="a"><errorEventDefinition/></boundaryEvent>
flow s > a
flow a > b
flow x > mend
flow any > other
--- story
start
fail a full
open mend
=== A service that fails with another code goes to the event that takes any
element: Error
--- story
start
fail a strange
open other

=== A service that fails and is caught nowhere waits for somebody to mend it
element: Service task
--- model
<startEvent id="s"/><serviceTask id="a"/><endEvent id="e"/>
flow s > a
flow a > e
--- story
start
fail a broken
error 'a' failed with 'broken'
open -
running
retry a
open a
complete a
ended

=== A send task waits for its service and then sends
element: Send task
--- model
@ <message id="m" name="hello"/>
<startEvent id="s"/><parallelGateway id="f"/><sendTask id="a" messageRef="m"/>
<receiveTask id="r" messageRef="m"/><userTask id="b"/>
flow s > f
flow f > a
flow f > r
flow r > b
--- story
start
open a r
complete a
open b

=== A receive task waits for its message
element: Receive task
--- model
@ <message id="m" name="paid"/>
<startEvent id="s"/><receiveTask id="r" messageRef="m"/><endEvent id="e"/>
flow s > r
flow r > e
--- story
start
open r
message paid {"amount": 5}
ended
variable amount = 5

=== A receive task without flows that instantiates starts its process
element: Receive task
--- model
@ <message id="m" name="paid"/>
<receiveTask id="r" messageRef="m" instantiate="true"/><userTask id="a"/>
flow r > a
--- story
message paid {"amount": 5}
open a
variable amount = 5

=== A script in FEEL sets its variable at once
element: Script task
--- model
<startEvent id="s"/><scriptTask id="x" scriptFormat="feel" yunzhi:result="twice"><script>n * 2</script></scriptTask>
<endEvent id="e"/>
flow s > x
flow x > e
--- story
start {"n": 21}
ended
variable twice = 42

=== A script in another language waits like a task
element: Script task
only: simulation, deploying refuses: scripts are FEEL expressions
--- model
<startEvent id="s"/><scriptTask id="x" scriptFormat="groovy"><script>println 1</script></scriptTask><endEvent id="e"/>
flow s > x
flow x > e
--- story
start
open x
complete x
ended

=== A business-rule task waits for its decision
element: Business-rule task
only: simulation, the kept engine decides by the tables that are deployed
--- model
<startEvent id="s"/><businessRuleTask id="d" yunzhi:decision="priority" yunzhi:result="p"/><userTask id="a"/>
flow s > d
flow d > a
--- story
start
open d
complete d {"p": "high"}
open a
variable p = "high"

=== A business-rule task is decided by the table of that name, and its answer is a variable
element: Business-rule task
only: kept, a simulation has no tables and waits
--- model
decision <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="n"><inputData id="i" name="amount"/><decision id="level" name="Level"><variable name="Level"/><informationRequirement><requiredInput href="#i"/></informationRequirement><decisionTable hitPolicy="FIRST"><input><inputExpression><text>amount</text></inputExpression></input><output/><rule><inputEntry><text>&lt; 10</text></inputEntry><outputEntry><text>"small"</text></outputEntry></rule><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"big"</text></outputEntry></rule></decisionTable></decision></definitions>
<startEvent id="s"/><businessRuleTask id="d" yunzhi:decision="level" yunzhi:result="size"/><exclusiveGateway id="g" default="g_b"/><userTask id="a"/><userTask id="b"/>
flow s > d
flow d > g
flow g > a: size = "small"
flow g > b
--- story
start {"amount": 7}
open a
variable size = "small"
start {"amount": 70}
open a b
variable size = "big"
=== A decision that no table takes waits for somebody to mend it
element: Business-rule task
only: kept, a simulation has no tables and waits
--- model
<startEvent id="s"/><businessRuleTask id="d" yunzhi:decision="nothing" yunzhi:result="size"/><userTask id="a"/>
flow s > d
flow d > a
--- story
start
error no decision 'nothing' is deployed
open -
running

=== A process begins at its plain start, and at all that no flow leads to when it has none
element: None start
--- model
<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>
flow s > a
flow a > e
--- story
start
open a
start
open a a

=== A step is for the role of its lane, unless it names its own
element: Lane
--- model
<laneSet><lane id="l1" yunzhi:role="clerk"><flowNodeRef>s</flowNodeRef><flowNodeRef>a</flowNodeRef><flowNodeRef>b</flowNodeRef></lane><lane id="l2" yunzhi:role="chief"><flowNodeRef>c</flowNodeRef></lane></laneSet>
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b" yunzhi:role="guard"/><userTask id="c"/>
flow s > f
flow f > a
flow f > b
flow f > c
--- story
start
roles a:clerk b:guard c:chief
=== What is inside a sub-process is for the lane of the sub-process
element: Lane
--- model
<laneSet><lane id="l1" yunzhi:role="clerk"><flowNodeRef>sub</flowNodeRef></lane></laneSet>
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="a"/>
flow ss > a
</subProcess>
flow s > sub
--- story
start
roles a:clerk
=== A rule narrows a step to the person that a field names, and an empty field leaves it to the role
element: Lane
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:assignee="field:owner"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"owner": "ann"}
tasks a:ann
start
tasks a:ann a
=== Nobody who could do a step is told, and the step is not lost
element: Lane
--- model
<startEvent id="s"/><userTask id="a" yunzhi:assignee="field:owner"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start
happened incident
open a
complete a
open b
