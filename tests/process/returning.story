=== Sent back step by step, the way is gone again
verb: Send back, step by step
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/><endEvent id="e"/>
flow s > a
flow a > b
flow b > c
flow c > e
--- story
start
complete a by=ann
complete b by=bob
send_back c by=cat to=a
happened sent_back moved
tasks a
complete a by=ann
tasks b
complete b by=bob
complete c by=cat
ended
=== Sent straight back, the step returns to who sent it
verb: Send back, straight back
--- story
start
complete a by=ann
complete b by=bob
send_back c by=cat to=a straight
tasks a
complete a by=ann
happened returned
tasks c:cat
complete c by=cat
ended
=== Sent back twice in a row, each returns to its own sender
verb: Send back, straight back
--- story
start
complete a by=ann
complete b by=bob
send_back c by=cat to=b straight
send_back b by=bob to=a straight
tasks a
complete a by=ann
tasks b:bob
complete b by=bob
tasks c:cat
=== A step that was not done, or that is held by somebody else, is not sent back to or from
verb: Send back, step by step
--- story
start
send_back a by=ann to=b
error 'b' is no step that was done before this one
complete a by=ann
claim b by=bob
send_back b by=cat to=a
error the task is held by somebody else
tasks b:bob

=== Sent back inside one way of a split, the other way stays and the join still waits for both
verb: Send back, step by step
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><parallelGateway id="f"/><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/><userTask id="d" yunzhi:role="clerk"/><parallelGateway id="j"/><userTask id="x" yunzhi:role="clerk"/>
flow s > a
flow a > f
flow f > b
flow f > d
flow b > c
flow c > j
flow d > j
flow j > x
--- story
start
complete a by=ann
complete b by=bob
send_back c by=cat to=b
tasks d b
complete d by=dan
complete b by=bob
complete c by=cat
tasks x
=== Sent back before a split, the other way is cancelled and runs again
verb: Send back, step by step
--- story
start
complete a by=ann
complete b by=bob
complete d by=dan
send_back c by=cat to=a
tasks a
complete a by=ann
tasks b d
complete d by=dan
complete b by=bob
complete c by=cat
tasks x
=== Sent straight back before a split, the other way stands as it stood
verb: Send back, straight back
--- story
start
complete a by=ann
complete b by=bob
claim d by=dan
send_back c by=cat to=a straight
tasks a
complete a by=ann
tasks d:dan c:cat
complete d by=dan
complete c by=cat
tasks x
=== Sent back from behind a join into one of its ways, the join does not wait for the other way again
verb: Send back, step by step
--- story
start
complete a by=ann
complete b by=bob
complete c by=cat
complete d by=dan
send_back x by=xia to=b
tasks b
complete b by=bob
complete c by=cat
tasks x
=== Straight back from behind a join
verb: Send back, straight back
--- story
start
complete a by=ann
complete b by=bob
complete c by=cat
complete d by=dan
send_back x by=xia to=b straight
complete b by=bob
tasks x:xia

=== Sent back behind an inclusive gateway, only the ways that were taken are waited for
verb: Send back, step by step
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><inclusiveGateway id="f" default="f_d"/><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/><userTask id="d" yunzhi:role="clerk"/><inclusiveGateway id="j"/><userTask id="x" yunzhi:role="clerk"/>
flow s > a
flow a > f
flow f > b: n > 0
flow f > c: n > 1
flow f > d
flow b > j
flow c > j
flow d > j
flow j > x
--- story
start {"n": 2}
complete a by=ann
complete b by=bob
tasks c
send_back c by=cat to=a
tasks a
complete a by=ann {"n": 1}
tasks b
complete b by=bob
tasks x

=== Sent out of a sub-process and straight back, it runs on inside with its border armed anew
verb: Send back, straight back
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><subProcess id="sub"><startEvent id="ss"/><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/>
flow ss > b
flow b > c
</subProcess><boundaryEvent id="t" attachedToRef="sub" cancelActivity="false"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="late" yunzhi:role="clerk"/><userTask id="x" yunzhi:role="clerk"/>
flow s > a
flow a > sub
flow sub > x
flow t > late
--- story
start
complete a by=ann
complete b by=bob
send_back c by=cat to=a straight
tasks a
advance PT2H
tasks a
complete a by=ann
tasks c:cat
advance PT1H
tasks c:cat late
complete c by=cat
tasks late x
=== Sent back into a sub-process that is over, it runs again from the step
verb: Send back, step by step
--- story
start
complete a by=ann
complete b by=bob
complete c by=cat
send_back x by=xia to=c
tasks c
complete c by=cat
tasks x
=== Sent straight back into a sub-process that is over, nothing of it is left when the step returns
verb: Send back, straight back
--- story
start
complete a by=ann
complete b by=bob
complete c by=cat
send_back x by=xia to=b straight
tasks b
complete b by=bob
tasks x:xia
advance PT2H
tasks x:xia
complete x by=xia
ended

=== Sent back from one run of a multi-instance, all its runs are given up and begin again
verb: Send back, step by step
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask><userTask id="c" yunzhi:role="clerk"/>
flow s > a
flow a > b
flow b > c
--- story
start
complete a by=ann
complete b by=bob
tasks b b
send_back b by=cat to=a
tasks a
complete a by=ann
tasks b b b
complete b by=bob
complete b by=bob
complete b by=bob
tasks c
=== Sent straight back from one run of a multi-instance, the runs that were done stay done
verb: Send back, straight back
--- story
start
complete a by=ann
complete b by=bob
send_back b by=cat to=a straight
tasks a
complete a by=ann
tasks b:cat b
complete b by=cat
complete b by=dan
tasks c

=== Sent back inside one run of a repeated sub-process, the other runs stay
verb: Send back, step by step
--- model
<startEvent id="s"/><subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics><startEvent id="ss"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/>
flow ss > a
flow a > b
</subProcess><userTask id="c" yunzhi:role="clerk"/>
flow s > sub
flow sub > c
--- story
start
complete a #1 by=ann
complete a #2 by=ann
tasks b b
claim b #1 by=bob
send_back b #2 by=cat to=a
tasks b:bob a
complete a by=ann
complete b by=bob
complete b by=cat
tasks c

=== Sent back inside an event sub-process, what it interrupted does not come back
verb: Send back, step by step
--- model
@ <message id="m" name="stop"/>
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/>
flow s > a
<subProcess id="ev" triggeredByEvent="true"><startEvent id="es"><messageEventDefinition messageRef="m"/></startEvent><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/>
flow es > b
flow b > c
</subProcess>
--- story
start
message stop
complete b by=bob
send_back c by=cat to=b
tasks b
complete b by=bob
complete c by=cat
ended

=== A vote that is sent back begins anew
verb: Send back, step by step
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="field:board" yunzhi:result="ok"/><userTask id="c" yunzhi:role="clerk"/>
flow s > a
flow a > b
flow b > c
--- story
start {"board": ["ann", "bob"]}
complete a by=zoe
complete b by=ann vote=approve
send_back b by=bob to=a
tasks a
complete a by=zoe
tasks b:ann b:bob
=== Sent straight back out of a vote, it begins anew with everybody, for what they saw has changed
verb: Send back, straight back
--- story
start {"board": ["ann", "bob"]}
complete a by=zoe
complete b by=ann vote=approve
send_back b by=bob to=a straight
tasks a
complete a by=zoe
tasks b:ann b:bob

=== Taken back while the next step is untouched, the step is with its doer again
verb: Withdraw
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/><boundaryEvent id="t" attachedToRef="b"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="late" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/>
flow s > a
flow a > b
flow b > c
flow t > late
--- story
start
complete a by=ann
withdraw a by=bob
error only a step that you have finished yourself can be taken back
withdraw a by=ann
happened withdrawn
tasks a:ann
advance PT2H
tasks a:ann
complete a by=ann
tasks b
=== A step whose next was taken, lent or done is not taken back
verb: Withdraw
--- story
start
complete a by=ann
claim b by=bob
withdraw a by=ann
error the next step has already been touched
complete b by=bob
withdraw a by=ann
error the next step has already been touched
withdraw b by=bob
tasks b:bob

=== Taken back through a split and through a join, all ways are as they were
verb: Withdraw
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><parallelGateway id="f"/><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/><parallelGateway id="j"/><userTask id="x" yunzhi:role="clerk"/>
flow s > a
flow a > f
flow f > b
flow f > c
flow b > j
flow c > j
flow j > x
--- story
start
complete a by=ann
tasks b c
withdraw a by=ann
tasks a:ann
complete a by=ann
complete b by=bob
complete c by=cat
tasks x
withdraw c by=cat
tasks c:cat
complete c by=cat
tasks x
=== Taken back in one way of a split while the other still runs
verb: Withdraw
--- story
start
complete a by=ann
claim c by=cat
complete b by=bob
tasks c:cat
withdraw b by=bob
tasks c:cat b:bob
complete b by=bob
complete c by=cat
tasks x

=== Taken back into and out of a sub-process
verb: Withdraw
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><subProcess id="sub"><startEvent id="ss"/><userTask id="b" yunzhi:role="clerk"/>
flow ss > b
</subProcess><userTask id="x" yunzhi:role="clerk"/>
flow s > a
flow a > sub
flow sub > x
--- story
start
complete a by=ann
withdraw a by=ann
tasks a:ann
complete a by=ann
complete b by=bob
withdraw b by=bob
tasks b:bob
complete b by=bob
tasks x

=== One run of a multi-instance is taken back, and the count is as it was
verb: Withdraw
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start
complete a by=ann
tasks a
withdraw a by=ann
tasks a a:ann
complete a by=ann
tasks a
complete a by=bob
tasks b
withdraw a by=bob
tasks a:bob
complete a by=bob
tasks b

=== What a service has begun is not taken back
verb: Withdraw
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><serviceTask id="b" yunzhi:action="work"/><userTask id="c" yunzhi:role="clerk"/>
flow s > a
flow a > b
flow b > c
--- story
start
complete a by=ann
open b
withdraw a by=ann
error 'b' has already begun and cannot be taken back
open b

=== Sent back inside an ad-hoc sub-process, its other steps stay
verb: Send back, step by step
--- model
<startEvent id="s"/><adHocSubProcess id="list"><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/>
flow b > c
</adHocSubProcess><userTask id="d" yunzhi:role="clerk"/>
flow s > list
flow list > d
--- story
start
complete b by=bob
tasks a c
send_back c by=cat to=b
tasks a b
complete b by=bob
complete c by=cat
complete a by=ann
tasks d

=== Sent back before a choice, the other way may be taken
verb: Send back, step by step
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><exclusiveGateway id="g" default="g_c"/><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/>
flow s > a
flow a > g
flow g > b: n = 1
flow g > c
--- story
start {"n": 1}
complete a by=ann
send_back b by=bob to=a
complete a by=ann {"n": 2}
tasks c
=== Sent straight back before a choice, the step returns whatever the choice would be now
verb: Send back, straight back
--- story
start {"n": 1}
complete a by=ann
send_back b by=bob to=a straight
complete a by=ann {"n": 2}
tasks b:bob
variable n = 2
=== Taken back before a choice, the other way may be taken
verb: Withdraw
--- story
start {"n": 1}
complete a by=ann
withdraw a by=ann
complete a by=ann {"n": 2}
tasks c

=== Taken back behind an inclusive gateway, its join waits as before
verb: Withdraw
--- model
<startEvent id="s"/><inclusiveGateway id="f" default="f_c"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/><inclusiveGateway id="j"/><userTask id="x" yunzhi:role="clerk"/>
flow s > f
flow f > a: n > 0
flow f > b: n > 1
flow f > c
flow a > j
flow b > j
flow c > j
flow j > x
--- story
start {"n": 2}
complete a by=ann
complete b by=bob
tasks x
withdraw b by=bob
tasks b:bob
complete b by=bob
tasks x

=== Taken back inside an event sub-process
verb: Withdraw
--- model
@ <message id="m" name="note"/>
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/>
flow s > a
<subProcess id="ev" triggeredByEvent="true"><startEvent id="es" isInterrupting="false"><messageEventDefinition messageRef="m"/></startEvent><userTask id="b" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/>
flow es > b
flow b > c
</subProcess>
--- story
start
message note
complete b by=bob
tasks a c
withdraw b by=bob
tasks a b:bob
complete b by=bob
complete c by=cat
complete a by=ann
ended

=== A step of a called process is sent back inside it, and not into its caller
verb: Send back, step by step
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><callActivity id="call" calledElement="q"/><userTask id="z" yunzhi:role="clerk"/>
flow s > a
flow a > call
flow call > z
process q
<startEvent id="qs"/><userTask id="qa" yunzhi:role="clerk"/><userTask id="qb" yunzhi:role="clerk"/>
flow qs > qa
flow qa > qb
--- story
start p
complete a by=ann
complete qa by=bob
send_back qb by=cat to=a
error 'a' is no step that was done before this one
send_back qb by=cat to=qa straight
tasks qa
complete qa by=bob
tasks qb:cat
complete qb by=cat
tasks z

=== Sent back to the first step of a process that has no start event
verb: Send back, step by step
only: simulation, deploying refuses: has no start event
--- model
<userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/>
flow a > b
--- story
start
complete a by=ann
send_back b by=bob to=a
tasks a
