=== A suspended process takes nothing until it is resumed, and what came due meanwhile happens then
verb: Suspend and resume
--- model
@ <message id="m" name="go"/><signal id="g" name="alarm"/>
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" yunzhi:role="clerk"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><userTask id="b" yunzhi:role="clerk"/><intermediateCatchEvent id="w"><signalEventDefinition signalRef="g"/></intermediateCatchEvent><userTask id="d" yunzhi:role="clerk"/>
<boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="late" yunzhi:role="clerk"/>
flow s > f
flow f > a
flow f > c
flow f > w
flow c > b
flow w > d
flow t > late
--- story
start
suspend p
happened suspended
suspend p
error the process is suspended
complete a by=ann
error the process is suspended
message go
signal alarm
advance PT2H
open a
resume p
happened resumed
open a b late
signal alarm
open a b late d
resume p
error the process is not suspended

=== A called process is suspended and resumed with its caller
verb: Suspend and resume
--- model
<startEvent id="s"/><callActivity id="call" calledElement="q"/><userTask id="z" yunzhi:role="clerk"/>
flow s > call
flow call > z
process q
<startEvent id="qs"/><subProcess id="sub"><startEvent id="ss"/><userTask id="qa" yunzhi:role="clerk"/>
flow ss > qa
</subProcess>
flow qs > sub
--- story
start p
suspend p
complete qa by=ann
error the process is suspended
resume p
complete qa by=ann
open z

=== Cancelled, everything in every scope is given up, with what it called
verb: Cancel
--- model
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="field:board" yunzhi:result="ok"/><subProcess id="sub"><startEvent id="ss"/><userTask id="b" yunzhi:role="clerk"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>
flow ss > b
</subProcess><callActivity id="call" calledElement="q"/>
<boundaryEvent id="t" attachedToRef="sub" cancelActivity="false"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="late" yunzhi:role="clerk"/>
flow s > f
flow f > a
flow f > sub
flow f > call
flow t > late
process q
<startEvent id="qs"/><userTask id="qa" yunzhi:role="clerk"/>
flow qs > qa
--- story
start p {"board": ["ann", "bob"]}
tasks a:ann a:bob b b qa
cancel p
happened cancelled
tasks -
open -
ended
advance PT2H
open -
cancel p
error no process 'p' is running
=== A suspended process can be cancelled
verb: Cancel
--- story
start p {"board": ["ann"]}
suspend p
cancel p
ended

=== A process that is over begins again from any step, with what it knew
verb: Restart
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><subProcess id="sub"><startEvent id="ss"/><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/>
flow ss > b
flow b > c
</subProcess><endEvent id="e"/>
flow s > a
flow a > sub
flow sub > e
--- story
start {"n": 1}
restart b
error the process has not ended
complete a by=ann
complete b by=bob
complete c by=cat
ended
restart c
happened entered
tasks c
variable n = 1
complete c by=cat
ended
restart nothing
error the process has no step 'nothing'
=== A process that was cancelled begins again from a step
verb: Restart
--- story
start
cancel p
restart a
tasks a
complete a by=ann
tasks b

=== Changed by hand, somebody is put before or behind any step, and taken away
verb: Modify
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><subProcess id="sub"><startEvent id="ss"/><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/>
flow ss > b
flow b > c
</subProcess><userTask id="x" yunzhi:role="clerk"/>
flow s > a
flow a > sub
flow sub > x
--- story
start
enter c
happened entered
tasks a c
drop a
happened dropped
tasks c
complete c by=cat
tasks x
enter b behind
drop x
tasks c
enter nothing
error the process has no step 'nothing'
drop sub
ended
=== Moved to another step, forward or back, across the border of a sub-process
verb: Modify
--- story
start
move a to=x
happened moved
tasks x
move x to=a
tasks a
complete a by=ann
move b to=c
tasks c

=== Put into one way of a split by hand, its join waits for the other way as before
verb: Modify
--- model
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/><parallelGateway id="j"/><userTask id="x" yunzhi:role="clerk"/>
flow s > f
flow f > a
flow f > c
flow a > b
flow b > j
flow c > j
flow j > x
--- story
start
move a to=b
tasks c b
complete b by=bob
tasks c
complete c by=cat
tasks x

=== A run of a multi-instance is taken away by hand, and the rest comes to its end
verb: Modify
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start
drop a #2
tasks a a
complete a by=ann
tasks a
complete a by=bob
tasks b

=== A running instance goes to a new version whose steps are named otherwise
verb: Migrate
--- model
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/><parallelGateway id="j"/><userTask id="c" yunzhi:role="clerk"/>
flow s > f
flow f > a
flow f > b
flow a > j
flow b > j
flow j > c
file
<startEvent id="s"/><parallelGateway id="f"/><userTask id="first" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/><parallelGateway id="j"/><userTask id="c" yunzhi:role="clerk"/><userTask id="d" yunzhi:role="clerk"/>
<boundaryEvent id="t" attachedToRef="b" cancelActivity="false"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="late" yunzhi:role="clerk"/>
flow s > f
flow f > first
flow f > b
flow first > j
flow b > j
flow j > c
flow c > d
flow t > late
--- story
start p version=1
claim a by=ann
migrate p version=2
error 'a' has no counterpart: the new version has no step 'a'
tasks a:ann b
migrate p version=2 mapping=a:first
happened migrated
tasks first:ann b
advance PT1H
tasks first:ann b late
complete first by=ann
complete b by=bob
tasks late c
complete c by=cat
tasks late d

=== Inside a sub-process a running instance migrates, and its border is armed as the new version draws it
verb: Migrate
--- model
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="a" yunzhi:role="clerk"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>
flow ss > a
</subProcess><boundaryEvent id="t" attachedToRef="sub"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="late" yunzhi:role="clerk"/><endEvent id="e"/>
flow s > sub
flow sub > e
flow t > late
file
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="a" yunzhi:role="clerk"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask><userTask id="check" yunzhi:role="clerk"/>
flow ss > a
flow a > check
</subProcess><endEvent id="e"/>
flow s > sub
flow sub > e
--- story
start p version=1
complete a by=ann
migrate p version=2
tasks a
advance PT2H
tasks a
complete a by=bob
tasks check
complete check by=cat
ended

=== Who has a step hears that it will be due, and once more when it is overdue; due moments count working time
verb: Due, reminder and escalation
only: kept, who is told of a step is a matter of the house
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:due="PT2H" yunzhi:remind="PT1H"/><userTask id="b" yunzhi:role="clerk" yunzhi:due="PT1H" yunzhi:calendar="slow"/>
flow s > a
flow a > b
--- story
start
advance PT2H59M
advance PT1M
reminded a
advance PT1H
overdue a
tasks a
complete a by=ann
advance PT2H59M
advance PT1M
overdue b
=== Nobody is reminded of a step that is done or whose process is suspended
verb: Due, reminder and escalation
only: kept, who is told of a step is a matter of the house
--- story
start
suspend p
advance PT5H
resume p
advance PT1H
overdue a

=== A step that is late is escalated by a timer on its border, and stays open
verb: Due, reminder and escalation
--- model
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="a" yunzhi:role="clerk"/><boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition yunzhi:working="true"><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><serviceTask id="tell" yunzhi:action="escalate"/><userTask id="chief" yunzhi:role="chief"/>
flow ss > a
flow t > tell
flow tell > chief
</subProcess><userTask id="b" yunzhi:role="clerk"/>
flow s > sub
flow sub > b
--- story
start
advance PT1H59M
tasks a
advance PT1M
tasks a chief
complete a by=ann
tasks chief
complete chief by=zoe
tasks b

=== A suspended multi-instance and a suspended vote wait too
verb: Suspend and resume
--- model
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" yunzhi:role="clerk"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask><userTask id="b" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="field:board" yunzhi:result="ok"/><parallelGateway id="j"/><userTask id="c" yunzhi:role="clerk"/>
flow s > f
flow f > a
flow f > b
flow a > j
flow b > j
flow j > c
--- story
start {"board": ["ann", "bob"]}
complete a by=cat
complete b by=ann vote=approve
suspend p
complete a by=cat
error the process is suspended
complete b by=bob vote=approve
error the process is suspended
add_sign a by=cat place=before people=dan
error the process is suspended
resume p
complete a by=cat
complete b by=bob vote=approve
tasks c

=== Begun again inside a split, the join waits for its other way until that is put in as well
verb: Restart
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
cancel p
restart a
tasks a
enter b
tasks a b
complete a by=ann
complete b by=bob
tasks c
