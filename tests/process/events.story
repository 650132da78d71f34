=== An intermediate timer waits its duration
element: Timer
--- model
<startEvent id="s"/><intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition></intermediateCatchEvent><userTask id="a"/>
flow s > t
flow t > a
--- story
start
advance PT1H59M
open -
advance PT1M
open a

=== A timer waits for its date
element: Timer
--- model
<startEvent id="s"/><intermediateCatchEvent id="t"><timerEventDefinition><timeDate>2026-11-02T08:00:00+08:00</timeDate></timerEventDefinition></intermediateCatchEvent><intermediateCatchEvent id="u"><timerEventDefinition><timeDate>2026-11-03T08:00:00+08:00</timeDate></timerEventDefinition></intermediateCatchEvent><userTask id="a"/>
flow s > t
flow t > u
flow u > a
--- story
start
open -
advance P1D
open a

=== A timer may be computed from variables
element: Timer
--- model
<startEvent id="s"/><intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>if urgent then "PT5M" else "PT2H"</timeDuration></timerEventDefinition></intermediateCatchEvent><userTask id="a"/>
flow s > t
flow t > a
--- story
start {"urgent": true}
advance PT5M
open a

=== A cycle on the border fires as often as it says beside the open task
element: Timer
--- model
<startEvent id="s"/><userTask id="a"/><userTask id="r"/>
<boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition><timeCycle>R3/PT10M</timeCycle></timerEventDefinition></boundaryEvent>
flow s > a
flow t > r
--- story
start
advance PT10M
open a r
advance PT2H
open a r r r
complete a
open r r r

=== A cron text fires at its times
element: Timer
--- model
<startEvent id="s"/><userTask id="a"/><userTask id="r"/>
<boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition><timeCycle>0 0 9-10 * * MON-FRI</timeCycle></timerEventDefinition></boundaryEvent>
flow s > a
flow t > r
--- story
start
advance PT9H
open a r
advance PT1H
open a r r
advance PT22H
open a r r
advance PT1H
open a r r r

=== A timer on the border takes its task away
element: Boundary event
--- model
<startEvent id="s"/><userTask id="a"/><userTask id="late"/><endEvent id="e"/>
<boundaryEvent id="t" attachedToRef="a"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition></boundaryEvent>
flow s > a
flow a > e
flow t > late
--- story
start
advance PT2H
open late
=== A task that is done in time disarms its timer
element: Boundary event
--- story
start
complete a
ended
advance PT3H
open -
ended

=== A timer starts a process by itself, in a cycle again and again
element: Timer start
--- model
<startEvent id="s"><timerEventDefinition><timeCycle>R2/PT1H</timeCycle></timerEventDefinition></startEvent><userTask id="a"/>
flow s > a
--- story
advance PT1H
open a
advance PT5H
open a a

=== A message starts a process and its variables come with it
element: Message start
--- model
@ <message id="m" name="order"/>
<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent><userTask id="a"/><endEvent id="e"/>
flow s > a
flow a > e
--- story
message order {"n": 3}
open a
variable n = 3
complete a
ended

=== A message reaches the event that waits for it
element: Message
--- model
@ <message id="m" name="go"/>
<startEvent id="s"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><userTask id="a"/>
flow s > c
flow c > a
--- story
start
open -
message go
open a
=== A message that comes too early is kept until somebody waits for it
element: Message
--- story
message go {"early": true}
start
open a
variable early = true

=== A message goes to the one whose key it carries
element: Message
--- model
@ <message id="m" name="paid"/>
<startEvent id="s"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m" yunzhi:correlation="order"/></intermediateCatchEvent><userTask id="a" yunzhi:role="r"/><endEvent id="e"/>
flow s > c
flow c > a
flow a > e
--- story
start {"order": "o-1"}
start {"order": "o-2"}
message paid key=o-3
open -
message paid key=o-2 {"by": "two"}
open a
variable order = "o-2"
variable by = "two"

=== A message without a key reaches only who waits without one, at once or later
element: Message
--- model
@ <message id="m" name="paid"/>
<startEvent id="s"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m" yunzhi:correlation="order"/></intermediateCatchEvent><userTask id="a"/>
flow s > c
flow c > a
process q
<startEvent id="qs"/><intermediateCatchEvent id="qc"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><userTask id="qa"/>
flow qs > qc
flow qc > qa
--- story
start p {"order": "o-1"}
message paid
open -
start p {"order": "o-2"}
open -
start q
open qa
message paid {"by": "somebody"}
open qa
message paid {"order": "o-2"}
open a qa

=== A message with a key reaches who waits for it before who has waited longer without any
element: Message
--- story
start q
start p {"order": "o-1"}
message paid key=o-1
open a
message paid key=o-1
open qa a

=== A message on the border interrupts, or does not
element: Boundary event
--- model
@ <message id="m" name="stop"/><message id="n" name="note"/>
<startEvent id="s"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>
<boundaryEvent id="x" attachedToRef="a"><messageEventDefinition messageRef="m"/></boundaryEvent>
<boundaryEvent id="y" attachedToRef="a" cancelActivity="false"><messageEventDefinition messageRef="n"/></boundaryEvent>
flow s > a
flow x > b
flow y > c
--- story
start
message note
open a c
message note
open a c c
message stop
open c c b

=== A signal reaches everybody who waits for it
element: Signal
--- model
@ <signal id="g" name="alarm"/>
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>
<intermediateCatchEvent id="w"><signalEventDefinition signalRef="g"/></intermediateCatchEvent>
<boundaryEvent id="x" attachedToRef="a"><signalEventDefinition signalRef="g"/></boundaryEvent>
flow s > f
flow f > a
flow f > w
flow w > b
flow x > c
process q
<startEvent id="qs"><signalEventDefinition signalRef="g"/></startEvent><userTask id="qa"/>
flow qs > qa
--- story
start p
open a
signal alarm
open b c qa

=== A signal that is thrown is caught in the same process too
element: Signal
--- model
@ <signal id="g" name="alarm"/>
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/>
<intermediateCatchEvent id="w"><signalEventDefinition signalRef="g"/></intermediateCatchEvent>
<intermediateThrowEvent id="t"><signalEventDefinition signalRef="g"/></intermediateThrowEvent>
<endEvent id="e"/>
flow s > f
flow f > a
flow f > w
flow a > t
flow t > e
flow w > b
--- story
start
complete a
open b

=== A message thrown at the end of one pool starts the next
element: Several pools
--- model
@ <collaboration id="col"><participant id="pp" processRef="p"/><participant id="qq" processRef="q"/><messageFlow id="mf" sourceRef="e" targetRef="qs"/></collaboration>
<startEvent id="s"/><userTask id="a"/><endEvent id="e"><messageEventDefinition/></endEvent>
flow s > a
flow a > e
process q
<startEvent id="qs"><messageEventDefinition/></startEvent><userTask id="qa"/><endEvent id="qe"/>
flow qs > qa
flow qa > qe
--- story
start p
complete a
open qa
running
complete qa
ended

=== A condition triggers when it becomes true, on a catching event and on a border
element: Conditional
--- model
<startEvent id="s"/><intermediateCatchEvent id="c"><conditionalEventDefinition><condition>level > 5</condition></conditionalEventDefinition></intermediateCatchEvent><userTask id="a"/><userTask id="b"/>
<boundaryEvent id="x" attachedToRef="a" cancelActivity="false"><conditionalEventDefinition><condition>level > 8</condition></conditionalEventDefinition></boundaryEvent>
flow s > c
flow c > a
flow x > b
--- story
start {"level": 1}
open -
set {"level": 6}
open a
set {"level": 9}
open a b
set {"level": 10}
open a b
set {"level": 1}
set {"level": 9}
open a b b

=== A condition that holds already when it is waited for triggers at once
element: Conditional
--- story
start {"level": 7}
open a

=== A condition is looked at again when a task brings variables
element: Conditional
--- model
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>
<intermediateCatchEvent id="w"><conditionalEventDefinition><condition>ready = true</condition></conditionalEventDefinition></intermediateCatchEvent>
flow s > f
flow f > a
flow f > w
flow a > b
flow w > c
--- story
start
complete a {"ready": true}
open b c

=== A link goes on at the catching link of its name
element: Link
--- model
<startEvent id="s"/><userTask id="a"/><intermediateThrowEvent id="t"><linkEventDefinition name="L"/></intermediateThrowEvent>
<intermediateCatchEvent id="c"><linkEventDefinition name="L"/></intermediateCatchEvent><userTask id="b"/>
flow s > a
flow a > t
flow c > b
--- story
start
complete a
open b

=== A terminate end ends everything in its scope
element: Terminate
--- model
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><endEvent id="e"><terminateEventDefinition/></endEvent>
flow s > f
flow f > a
flow f > b
flow a > e
--- story
start
complete a
ended
open -

=== An error end at the top of a process ends it
element: Error
--- model
@ <error id="e1" errorCode="bad"/>
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><endEvent id="e"><errorEventDefinition errorRef="e1"/></endEvent>
flow s > f
flow f > a
flow f > b
flow a > e
--- story
start
complete a
ended
open -

=== An escalation on the border does not interrupt unless it is drawn so
element: Escalation
--- model
@ <escalation id="l" escalationCode="late"/><escalation id="g" escalationCode="gone"/>
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="a"/>
<intermediateThrowEvent id="t"><escalationEventDefinition escalationRef="l"/></intermediateThrowEvent><userTask id="b"/>
<endEvent id="se"><escalationEventDefinition escalationRef="g"/></endEvent>
flow ss > a
flow a > t
flow t > b
flow b > se
</subProcess><userTask id="c"/><userTask id="d"/><userTask id="n"/>
<boundaryEvent id="x" attachedToRef="sub" cancelActivity="false"><escalationEventDefinition escalationRef="l"/></boundaryEvent>
<boundaryEvent id="y" attachedToRef="sub"><escalationEventDefinition escalationRef="g"/></boundaryEvent>
flow s > sub
flow sub > n
flow x > c
flow y > d
--- story
start
complete a
open b c
complete b
open c d

=== An escalation that nobody catches changes nothing
element: Escalation
--- model
@ <escalation id="l" escalationCode="late"/>
<startEvent id="s"/><intermediateThrowEvent id="t"><escalationEventDefinition escalationRef="l"/></intermediateThrowEvent><userTask id="a"/>
flow s > t
flow t > a
--- story
start
open a

=== A receive task behind an event-based gateway takes the variables of its message
element: Receive task
--- model
@ <message id="m" name="answer"/><signal id="g" name="stop"/>
<startEvent id="s"/><eventBasedGateway id="g1"/><receiveTask id="r" messageRef="m"/>
<intermediateCatchEvent id="c"><signalEventDefinition signalRef="g"/></intermediateCatchEvent><userTask id="a"/><userTask id="b"/>
flow s > g1
flow g1 > r
flow g1 > c
flow r > a
flow c > b
--- story
start
message answer {"k": 1}
open a
variable k = 1

=== A signal does not reach who begins to wait for it after it was thrown
element: Signal
--- model
@ <signal id="g" name="g"/>
<startEvent id="s"/><intermediateThrowEvent id="t"><signalEventDefinition signalRef="g"/></intermediateThrowEvent><intermediateCatchEvent id="c"><signalEventDefinition signalRef="g"/></intermediateCatchEvent><userTask id="a"/>
flow s > t
flow t > c
flow c > a
--- story
start
open -
running
signal g
open a

=== A signal that ends a process starts its own event sub-process first
element: Signal
--- model
@ <signal id="g" name="g"/>
<startEvent id="s"/><endEvent id="t"><signalEventDefinition signalRef="g"/></endEvent>
flow s > t
<subProcess id="h" triggeredByEvent="true"><startEvent id="hs"><signalEventDefinition signalRef="g"/></startEvent><userTask id="b"/>
flow hs > b
</subProcess>
--- story
start
open b
complete b
ended

=== Who throws a signal goes on beside an event sub-process that it starts once
element: Signal
--- model
@ <signal id="g" name="g"/>
<startEvent id="s"/><intermediateThrowEvent id="t"><signalEventDefinition signalRef="g"/></intermediateThrowEvent><userTask id="a"/>
flow s > t
flow t > a
<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="false"><signalEventDefinition signalRef="g"/></startEvent><userTask id="b"/>
flow hs > b
</subProcess>
process q
<startEvent id="qs"/><intermediateCatchEvent id="qc"><signalEventDefinition signalRef="g"/></intermediateCatchEvent><userTask id="z"/>
flow qs > qc
flow qc > z
--- story
start q
open -
start p
open z b a
complete a
open z b

=== A signal thrown inside a sub-process leaves it by its border, and its thrower goes no further
element: Signal
--- model
@ <signal id="g" name="g"/>
<startEvent id="s"/><subProcess id="p1"><startEvent id="ps"/><intermediateThrowEvent id="t"><signalEventDefinition signalRef="g"/></intermediateThrowEvent><userTask id="a"/>
flow ps > t
flow t > a
</subProcess><boundaryEvent id="b" attachedToRef="p1"><signalEventDefinition signalRef="g"/></boundaryEvent><userTask id="c"/><userTask id="d"/>
flow s > p1
flow b > c
flow p1 > d
--- story
start
open c
complete c
ended

=== What a signal sets off is over before its thrower goes on
element: Signal
--- model
@ <signal id="g" name="g"/>
<startEvent id="s"/><intermediateThrowEvent id="t"><signalEventDefinition signalRef="g"/></intermediateThrowEvent><exclusiveGateway id="x" default="x_b"/><userTask id="a"/><userTask id="b"/>
flow s > t
flow t > x
flow x > a: n = 1
flow x > b
<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="false"><signalEventDefinition signalRef="g"/></startEvent><scriptTask id="hc" scriptFormat="feel" yunzhi:result="n"><script>1</script></scriptTask>
flow hs > hc
</subProcess>
--- story
start {"n": 0}
open a

=== A service whose border is left before it is asked is not asked
element: Conditional
--- model
<startEvent id="s"/><serviceTask id="a"/><boundaryEvent id="b" attachedToRef="a"><conditionalEventDefinition><condition>n = 1</condition></conditionalEventDefinition></boundaryEvent><userTask id="c"/>
flow s > a
flow b > c
--- story
script {"a": {"variables": {}}}
start {"n": 1}
open c

=== A timer that counts working time waits by the calendar it names
element: Timer
--- model
<startEvent id="s"/><parallelGateway id="f"/><intermediateCatchEvent id="t"><timerEventDefinition yunzhi:working="true"><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent><userTask id="a"/><userTask id="b"/>
<boundaryEvent id="u" attachedToRef="b"><timerEventDefinition yunzhi:working="true" yunzhi:calendar="slow"><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="late"/>
flow s > f
flow f > t
flow f > b
flow t > a
flow u > late
--- story
start
advance PT1H59M
open b
advance PT1M
open b a
advance PT59M
open b a
advance PT1M
open a late

=== A timer starts a process at its date
element: Timer start
--- model
<startEvent id="s"><timerEventDefinition><timeDate>2026-11-03T00:00:00Z</timeDate></timerEventDefinition></startEvent><userTask id="a"/>
flow s > a
--- story
advance PT23H
open -
advance PT1H
open a
advance P2D
open a
=== A timer starts a process once, when its duration is over
element: Timer start
--- model
<startEvent id="s"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition></startEvent><userTask id="a"/>
flow s > a
--- story
advance PT2H
open a
advance PT9H
open a

=== A signal starts every process that begins with it
element: Signal start
--- model
@ <signal id="g" name="alarm"/>
<startEvent id="s"><signalEventDefinition signalRef="g"/></startEvent><userTask id="a"/>
flow s > a
process q
<startEvent id="qs"><signalEventDefinition signalRef="g"/></startEvent><userTask id="qa"/>
flow qs > qa
--- story
signal alarm
open a qa
signal other
open a qa

=== A condition starts a process when it becomes true, and again only after it was false
element: Conditional start
--- model
<startEvent id="s"><conditionalEventDefinition><condition>level > 5</condition></conditionalEventDefinition></startEvent><userTask id="a"/>
flow s > a
--- story
set {"level": 3}
open -
set {"level": 7}
open a
set {"level": 8}
open a
complete a
open -
set {"level": 9}
open -
set {"level": 2}
open -
set {"level": 6}
open a

=== A condition starts a process beside one that runs
element: Conditional start
--- model
<startEvent id="s"/><userTask id="a"/>
flow s > a
process q
<startEvent id="qs"><conditionalEventDefinition><condition>level > 5</condition></conditionalEventDefinition></startEvent><userTask id="qa"/>
flow qs > qa
--- story
start p {"level": 3}
set {"level": 4}
open a
set {"level": 7}
open a qa

=== A conditional start that names a variable sees the condition become true only where that one changes
element: Conditional start
--- model
<startEvent id="s"><conditionalEventDefinition camunda:variableName="load" camunda:variableEvents="update"><condition>load + rest &gt; 5</condition></conditionalEventDefinition></startEvent><userTask id="a"/>
flow s > a
--- story
set {"load": 9, "rest": 0}
open -
set {"load": 3}
open -
set {"rest": 7}
open -
set {"rest": 0}
set {"load": 6}
open a

=== A message that is kept reaches only who comes to wait for its key
element: Message
--- model
@ <message id="m" name="paid"/>
<startEvent id="s"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m" yunzhi:correlation="order"/></intermediateCatchEvent><userTask id="a"/>
flow s > c
flow c > a
--- story
message paid key=o-2 {"by": "two"}
start {"order": "o-1"}
open -
start {"order": "o-2"}
open a
variable by = "two"

=== A message that a process throws before it waits for it itself is kept for it
element: Message
--- model
@ <message id="m" name="go"/>
<startEvent id="s"/><intermediateThrowEvent id="t"><messageEventDefinition messageRef="m"/></intermediateThrowEvent><userTask id="a"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><userTask id="b"/>
flow s > t
flow t > a
flow a > c
flow c > b
--- story
start
open a
complete a
open b

=== A message that a process throws and waits for next lets it go on at once
element: Message
--- model
@ <message id="m" name="go"/>
<startEvent id="s"/><intermediateThrowEvent id="t"><messageEventDefinition messageRef="m"/></intermediateThrowEvent><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><userTask id="b"/>
flow s > t
flow t > c
flow c > b
--- story
start
open b

=== A conditional event that names a variable looks only when that one changes
element: Conditional
--- model
<startEvent id="s"/><userTask id="a"/><boundaryEvent id="b" attachedToRef="a"><conditionalEventDefinition camunda:variableName="load"><condition>limit &gt; 5</condition></conditionalEventDefinition></boundaryEvent><userTask id="c"/>
flow s > a
flow b > c
--- story
start {"load": 1, "limit": 3}
set {"limit": 9}
open a
set {"load": 2}
open c

=== A conditional event may look only when its variable is set, and not when it changes
element: Conditional
--- model
<startEvent id="s"/><userTask id="a"/><boundaryEvent id="b" attachedToRef="a"><conditionalEventDefinition camunda:variableName="load" camunda:variableEvents="create"><condition>limit &gt; 5</condition></conditionalEventDefinition></boundaryEvent><userTask id="c"/>
flow s > a
flow b > c
--- story
start {"load": 1, "limit": 3}
set {"limit": 9, "load": 2}
open a
set {"load": null}
open a
set {"load": 3}
open c

=== A message goes to the one whose variables a subscription binds to what it carries
element: Correlation
--- model
@ <message id="m" name="paid"/><correlationProperty id="order"><correlationPropertyRetrievalExpression messageRef="m"><messagePath>invoice.order</messagePath></correlationPropertyRetrievalExpression></correlationProperty><collaboration id="col"><participant id="pp" processRef="p"/><correlationKey id="key"><correlationPropertyRef>order</correlationPropertyRef></correlationKey></collaboration>
<correlationSubscription id="sub" correlationKeyRef="key"><correlationPropertyBinding correlationPropertyRef="order"><dataPath>number</dataPath></correlationPropertyBinding></correlationSubscription>
<startEvent id="s"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><userTask id="a"/>
flow s > c
flow c > a
--- story
start {"number": 7}
message paid {"invoice": {"order": 8}}
open -
message paid {"invoice": {"order": 7}}
open a

=== Without a subscription the first message of a conversation says what the others must carry
element: Correlation
--- model
@ <message id="m1" name="ordered"/><message id="m2" name="paid"/><correlationProperty id="order"><correlationPropertyRetrievalExpression messageRef="m1"><messagePath>id</messagePath></correlationPropertyRetrievalExpression><correlationPropertyRetrievalExpression messageRef="m2"><messagePath>for_order</messagePath></correlationPropertyRetrievalExpression></correlationProperty><collaboration id="col"><participant id="pp" processRef="p"/><correlationKey id="key"><correlationPropertyRef>order</correlationPropertyRef></correlationKey></collaboration>
<startEvent id="s"><messageEventDefinition messageRef="m1"/></startEvent><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m2"/></intermediateCatchEvent><userTask id="a"/>
flow s > c
flow c > a
--- story
message ordered {"id": "o-1"}
message paid {"for_order": "o-2"}
open -
message paid {"for_order": "o-1"}
open a

=== A key of several properties fits when all of them do
element: Correlation
--- model
@ <message id="m" name="done"/><correlationProperty id="site"><correlationPropertyRetrievalExpression messageRef="m"><messagePath>at</messagePath></correlationPropertyRetrievalExpression></correlationProperty><correlationProperty id="job"><correlationPropertyRetrievalExpression messageRef="m"><messagePath>work.job</messagePath></correlationPropertyRetrievalExpression></correlationProperty><collaboration id="col"><participant id="pp" processRef="p"/><correlationKey id="key"><correlationPropertyRef>site</correlationPropertyRef><correlationPropertyRef>job</correlationPropertyRef></correlationKey></collaboration>
<correlationSubscription id="sub" correlationKeyRef="key"><correlationPropertyBinding correlationPropertyRef="site"><dataPath>site</dataPath></correlationPropertyBinding><correlationPropertyBinding correlationPropertyRef="job"><dataPath>job</dataPath></correlationPropertyBinding></correlationSubscription>
<startEvent id="s"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><userTask id="a"/>
flow s > c
flow c > a
--- story
start {"site": "east", "job": 3}
message done {"at": "east", "work": {"job": 4}}
message done {"at": "west", "work": {"job": 3}}
open -
message done {"at": "east", "work": {"job": 3}}
open a

=== A thrown message carries the key of its own expression to the other pool
element: Correlation
--- model
@ <message id="m" name="offer"/><correlationProperty id="order"><correlationPropertyRetrievalExpression messageRef="m"><messagePath>order</messagePath></correlationPropertyRetrievalExpression></correlationProperty><collaboration id="col"><participant id="pp" processRef="p"/><participant id="qq" processRef="q"/><correlationKey id="key"><correlationPropertyRef>order</correlationPropertyRef></correlationKey></collaboration>
<startEvent id="s"/><userTask id="a"/><endEvent id="e"><messageEventDefinition messageRef="m"/></endEvent>
flow s > a
flow a > e
process q
<correlationSubscription id="sub" correlationKeyRef="key"><correlationPropertyBinding correlationPropertyRef="order"><dataPath>mine</dataPath></correlationPropertyBinding></correlationSubscription>
<startEvent id="qs"/><intermediateCatchEvent id="qc"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><userTask id="qa"/>
flow qs > qc
flow qc > qa
--- story
start q {"mine": 1}
start q {"mine": 2}
start p {"order": 2}
complete a
open qa
