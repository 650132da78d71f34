=== Whoever takes a task has it, and nobody else does it
verb: Claim
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/><endEvent id="e"/>
flow s > a
flow a > b
flow b > e
--- story
start
tasks a
claim a by=ann
tasks a:ann
claim a by=ann
tasks a:ann
claim a by=bob
error the task is held by somebody else
complete a by=bob
error the task is held by somebody else
complete a by=ann
tasks b

=== Of the two ways of a parallel gateway each is taken by somebody else
verb: Claim
--- model
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/><parallelGateway id="j"/><userTask id="c" yunzhi:role="clerk"/>
flow s > f
flow f > a
flow f > b
flow a > j
flow b > j
flow j > c
--- story
start
claim a by=ann
claim b by=bob
tasks a:ann b:bob
complete a by=ann
tasks b:bob
complete b by=bob
tasks c

=== Each run of a multi-instance is taken for itself
verb: Claim
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"><multiInstanceLoopCharacteristics yunzhi:collection="rooms" yunzhi:item="room"/></userTask><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"rooms": ["x", "y", "z"]}
claim a #2 by=ann
claim a by=bob
tasks a:bob a:ann a
complete a by=ann
tasks a:bob a
complete a by=bob
complete a by=cat
tasks b

=== A step of a called process is taken like one of its caller
verb: Claim
--- model
<startEvent id="s"/><callActivity id="call" calledElement="q"/><userTask id="z" yunzhi:role="clerk"/>
flow s > call
flow call > z
process q
<startEvent id="qs"/><userTask id="qa" yunzhi:role="clerk"/>
flow qs > qa
--- story
start p
claim qa by=ann
tasks qa:ann
complete qa by=ann
tasks z

=== Who gives a task back leaves it to those with its role
verb: Release
--- model
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="a" yunzhi:role="clerk"/>
flow ss > a
</subProcess><userTask id="b" yunzhi:role="clerk"/>
flow s > sub
flow sub > b
--- story
start
claim a by=ann
release a by=bob
error only who holds the task can give it back
release a by=ann
tasks a
claim a by=bob
complete a by=bob
tasks b
=== A task that belongs to one person alone cannot be given back
verb: Release
--- model
<startEvent id="s"/><userTask id="a" yunzhi:assignee="field:chief"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"chief": "cat"}
tasks a:cat
release a by=dan
error only who holds the task can give it back

=== A lent task comes back to its owner when it is done, who then finishes it
verb: Delegate
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start
claim a by=ann
delegate a by=ann to=bob
happened delegated
tasks a:bob
complete a by=ann
error the task is held by somebody else
complete a by=bob
happened given_back
tasks a:ann
running
complete a by=ann
tasks b
=== Who was lent a task gives it back undone to its owner, and not to the role
verb: Delegate
--- story
start
claim a by=ann
delegate a by=ann to=bob
release a by=bob
tasks a:ann
=== Lent on, a task still comes back to its first owner
verb: Delegate
--- story
start
claim a by=ann
delegate a by=ann to=bob
delegate a by=bob to=cat
tasks a:cat
complete a by=cat
tasks a:ann
=== Nobody lends a task to themselves, nor one that somebody else has
verb: Delegate
--- story
start
claim a by=ann
delegate a by=ann to=ann
error must be somebody else
delegate a by=bob to=cat
error the task is held by somebody else
tasks a:ann

=== One run of a multi-instance is lent, and the others are not
verb: Delegate
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask><userTask id="b" yunzhi:role="clerk"/>
<boundaryEvent id="t" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="late" yunzhi:role="clerk"/>
flow s > a
flow a > b
flow t > late
--- story
start
claim a #1 by=ann
delegate a #1 by=ann to=bob
tasks a:bob a
complete a by=bob
tasks a:ann a
complete a by=ann
tasks a
advance PT1H
tasks late

=== A task that is handed over is the other's for good
verb: Hand over
--- model
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/><parallelGateway id="j"/><userTask id="c" yunzhi:role="clerk"/>
flow s > f
flow f > a
flow f > b
flow a > j
flow b > j
flow j > c
--- story
start
claim a by=ann
hand_over a by=ann to=bob
happened handed_over
tasks a:bob b
complete a by=bob
tasks b
complete b by=ann
tasks c
=== Handed over after it was lent, a task no longer comes back
verb: Hand over
--- story
start
claim a by=ann
delegate a by=ann to=bob
hand_over a by=bob to=cat
tasks a:cat b
complete a by=cat
tasks b
=== Whoever holds the role may hand over a task that nobody has
verb: Hand over
--- story
start
hand_over a by=ann to=bob
tasks a:bob b

=== Handed over inside a signature, the seat is the other's
verb: Hand over
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="field:board" yunzhi:result="ok"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"board": ["ann", "bob"]}
tasks a:ann a:bob
hand_over a by=bob to=cat
tasks a:ann a:cat
complete a by=cat vote=approve
complete a by=ann vote=approve
tasks b
variable ok = true

=== Who waits for a step presses for it, and not again a moment later
verb: Urge
only: kept, it is a line of the step's history and a message to people
--- model
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="a" yunzhi:role="clerk"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>
flow ss > a
</subProcess>
flow s > sub
--- story
start
urge a #1 by=zoe
happened urged
urge a #1 by=zoe
error this step was pressed for a short while ago
urge a #2 by=zoe
happened urged
advance PT10M
urge a #1 by=yan
happened urged
tasks a a

=== A step is shown to people who have nothing to do in it
verb: Copy
only: kept, it is a row in the copies of the people it is shown to
--- model
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/>
flow s > f
flow f > a
flow f > b
--- story
start
copy a by=ann people=bob,cat
happened copied
copies bob a
copies cat a
copy a by=ann
error must not be empty
tasks a b

=== What is meant for somebody who is away goes to the deputy, until the time is over
verb: Deputy
only: kept, who is away is not known to a simulation
--- model
<startEvent id="s"/><userTask id="a" yunzhi:assignee="field:chief" yunzhi:role="clerk"/><userTask id="b" yunzhi:assignee="field:chief" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
deputy cat to=dan for=P1D
start {"chief": "cat"}
tasks a:dan
complete a by=dan
tasks b:dan
advance P1D
start {"chief": "cat"}
tasks b:dan a:cat
=== A deputy who is away has a deputy too
verb: Deputy
only: kept, who is away is not known to a simulation
--- story
deputy cat to=dan for=P1D
deputy dan to=eve for=P1D
start {"chief": "cat"}
tasks a:eve
=== A signature of somebody who is away is asked of the deputy
verb: Deputy
only: kept, who is away is not known to a simulation
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="field:board" yunzhi:result="ok"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
deputy bob to=dan for=P1D
start {"board": ["ann", "bob"]}
tasks a:ann a:dan
complete a by=dan vote=approve
complete a by=ann vote=approve
tasks b

=== A lent task inside a sub-process goes with it when its border interrupts
verb: Delegate
--- model
@ <message id="m" name="stop"/>
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><parallelGateway id="f"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/>
flow ss > f
flow f > a
flow f > b
</subProcess><boundaryEvent id="x" attachedToRef="sub"><messageEventDefinition messageRef="m"/></boundaryEvent><userTask id="c" yunzhi:role="clerk"/>
flow s > sub
flow x > c
--- story
start
claim a by=ann
delegate a by=ann to=bob
tasks a:bob b
message stop
tasks c
