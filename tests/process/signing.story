=== Everybody has to approve, and one rejection rejects
verb: Counter-sign, all
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="field:board" yunzhi:result="ok"/><exclusiveGateway id="g"/><userTask id="yes" yunzhi:role="clerk"/><userTask id="no" yunzhi:role="clerk"/>
flow s > a
flow a > g
flow g > yes: ok = true
flow g > no: ok = false
--- story
start {"board": ["ann", "bob", "cat"]}
open a
tasks a:ann a:bob a:cat
complete a by=ann vote=approve
tasks a:bob a:cat
complete a by=bob
error must be one of approve, reject
complete a by=bob vote=approve
complete a by=cat vote=approve
happened signed decided completed
open yes
variable ok = true
=== The first rejection ends the vote of all
verb: Counter-sign, all
--- story
start {"board": ["ann", "bob", "cat"]}
complete a by=bob vote=reject
open no
tasks no
variable ok = false
=== Completed by nobody in particular, everybody signs alike
verb: Counter-sign, all
--- story
start {"board": ["ann", "bob"]}
complete a
open yes
start {"board": ["ann", "bob"]}
complete a {"ok": false}
open yes no
=== What a signer brings is known while the others still sign
verb: Counter-sign, all
--- story
start {"board": ["ann", "bob"]}
complete a by=ann vote=approve {"remark": "fine"}
variable remark = "fine"
open a
=== Nobody to sign is told, and the step goes to the role of its lane
verb: Counter-sign, all
--- story
start
tasks a
complete a by=ann vote=approve
open yes

=== One approval is enough, and all rejections are needed to reject
verb: Counter-sign, any
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="any" yunzhi:signers="field:board" yunzhi:result="ok"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"board": ["ann", "bob"]}
complete a by=bob vote=approve
open b
variable ok = true
start {"board": ["ann", "bob"]}
complete a by=bob vote=reject
open b a
complete a by=ann vote=reject
open b b
variable ok = false

=== A share of the signers approves, without rounding
verb: Counter-sign, ratio
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="ratio" yunzhi:share="2/3" yunzhi:signers="field:board" yunzhi:result="ok"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"board": ["ann", "bob", "cat", "dan"]}
complete a by=ann vote=approve
complete a by=bob vote=approve
open a
complete a by=cat vote=approve
open b
variable ok = true
=== The share is out of reach as soon as too many reject
verb: Counter-sign, ratio
--- story
start {"board": ["ann", "bob", "cat"]}
complete a by=ann vote=reject
open a
complete a by=bob vote=reject
open b
variable ok = false

=== Who weighs more counts more
verb: Counter-sign, weighted
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="weighted" yunzhi:share="60%" yunzhi:signers="field:head=3,field:board" yunzhi:result="ok"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"head": "zoe", "board": ["ann", "bob"]}
complete a by=ann vote=approve
complete a by=bob vote=approve
open a
complete a by=zoe vote=approve
open b
start {"head": "zoe", "board": ["ann", "bob"]}
complete a by=zoe vote=approve
open b b
variable ok = true

=== A veto rejects at once, and an approval waits until nobody can veto any more
verb: Counter-sign, veto
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="any" yunzhi:veto="true" yunzhi:signers="field:board" yunzhi:result="ok"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"board": ["ann", "bob"]}
complete a by=ann vote=approve
open a
complete a by=bob vote=reject
open b
variable ok = false

=== Everybody who holds a role signs, and one for another role
verb: Counter-sign, all
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="holders:board,role:chief" yunzhi:result="ok"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
holders {"board": ["ann", "bob"]}
start
tasks a:ann a:bob a
complete a by=cat vote=approve
complete a by=ann vote=approve
complete a by=bob vote=approve
open b

=== A vote inside one way of a parallel gateway leaves the other way alone, and the join waits for both
verb: Counter-sign, all
--- model
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="field:board" yunzhi:result="ok"/><userTask id="b" yunzhi:role="clerk"/><parallelGateway id="j"/><userTask id="c" yunzhi:role="clerk"/>
flow s > f
flow f > a
flow f > b
flow a > j
flow b > j
flow j > c
--- story
start {"board": ["ann", "bob"]}
tasks a:ann a:bob b
complete a by=ann vote=approve
complete b by=dan
tasks a:bob
complete a by=bob vote=approve
tasks c

=== Each run of a multi-instance is voted on for itself, and a completion condition takes the votes away
verb: Counter-sign, ratio
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="ratio" yunzhi:share="1/2" yunzhi:signers="field:board" yunzhi:result="ok"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality><completionCondition>numberOfCompletedInstances >= 2</completionCondition></multiInstanceLoopCharacteristics></userTask><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"board": ["ann", "bob"]}
open a a a
tasks a:ann a:bob a:ann a:bob a:ann a:bob
complete a #2 by=ann vote=approve
tasks a:ann a:bob a:ann a:bob
complete a #3 by=ann vote=reject
tasks a:ann a:bob a:bob
complete a #1 by=bob vote=approve
tasks b

=== A border that interrupts a vote takes all its signatures away
verb: Counter-sign, all
--- model
<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="field:board" yunzhi:result="ok"/>
flow ss > a
</subProcess><boundaryEvent id="t" attachedToRef="sub"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="late" yunzhi:role="clerk"/>
flow s > sub
flow t > late
--- story
start {"board": ["ann", "bob"]}
complete a by=ann vote=approve
advance PT1H
tasks late
running

=== Asked before, the others sign first, and then the asker has the step again
verb: Add-sign, before
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start
add_sign a by=ann place=before people=bob,cat
happened sign_added
tasks a:bob a:cat
open a
complete a by=ann
error the task is held by somebody else
complete a by=bob
complete a by=cat
tasks a:ann
complete a by=ann
tasks b
=== Asked after, they sign when the asker has, and only then the step is done
verb: Add-sign, after
--- story
start
add_sign a by=ann place=after people=bob
tasks a:ann
complete a by=ann
tasks a:bob
complete a by=bob
tasks b
=== Asked beside, all are needed, in any order, and who was asked may ask in turn
verb: Add-sign, parallel
--- story
start
add_sign a by=ann place=beside people=bob
tasks a:ann a:bob
add_sign a by=bob place=before people=cat
tasks a:ann a:cat
complete a by=ann
complete a by=cat
tasks a:bob
complete a by=bob
tasks b
=== Somebody else's step is nothing to ask others to sign
verb: Add-sign, before
--- story
start
claim a by=ann
add_sign a by=bob place=before people=cat
error the task is held by somebody else
tasks a:ann

=== Asked inside one way of a parallel gateway, the join waits for the signatures too
verb: Add-sign, after
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
add_sign a by=ann place=after people=bob
complete b by=dan
complete a by=ann
tasks a:bob
complete a by=bob
tasks c

=== Asked in one run of a multi-instance, the other runs go on
verb: Add-sign, before
--- model
<startEvent id="s"/><subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics><startEvent id="ss"/><userTask id="a" yunzhi:role="clerk"/>
flow ss > a
</subProcess><userTask id="b" yunzhi:role="clerk"/>
flow s > sub
flow sub > b
--- story
start
add_sign a #2 by=ann place=before people=bob
tasks a a:bob
complete a #1 by=cat
tasks a:bob
complete a by=bob
tasks a:ann
complete a by=ann
tasks b

=== A signer added beside votes with the others; one added before only advises
verb: Add-sign, parallel
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="ratio" yunzhi:share="50%" yunzhi:signers="field:board" yunzhi:result="ok"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"board": ["ann", "bob"]}
add_sign a by=ann place=beside people=cat,dan
tasks a:ann a:bob a:cat a:dan
add_sign a by=bob place=before people=eve
complete a by=eve vote=reject
complete a by=ann vote=approve
tasks a:bob a:cat a:dan
complete a by=dan vote=approve
tasks b
variable ok = true

=== A signature that is taken away is not missed
verb: Remove sign
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="field:board" yunzhi:result="ok"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"board": ["ann", "bob", "cat"]}
complete a by=ann vote=approve
complete a by=bob vote=approve
remove_sign a of=cat
happened sign_removed decided
tasks b
=== The last signature cannot be taken away
verb: Remove sign
--- story
start {"board": ["ann"]}
remove_sign a of=ann
error somebody has to sign; this is the last signature
tasks a:ann
=== Whom the asker no longer needs is taken away, and the asker has the step again
verb: Remove sign
--- model
<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" yunzhi:role="clerk"/><userTask id="c" yunzhi:role="clerk"/>
flow s > f
flow f > a
flow f > c
--- story
start
add_sign a by=ann place=before people=bob
tasks a:bob c
remove_sign a of=bob
tasks a:ann c
complete a by=ann
tasks c
=== A step of one person has no signature to take away
verb: Remove sign
--- story
start
claim a by=ann
remove_sign a of=ann
error this step is not signed by several people

=== A signature can be taken back while the vote is open
verb: Withdraw
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="field:board" yunzhi:result="ok"/><userTask id="b" yunzhi:role="clerk"/>
flow s > a
flow a > b
--- story
start {"board": ["ann", "bob"]}
complete a by=ann vote=approve
tasks a:bob
withdraw a by=ann
happened withdrawn
tasks a:ann a:bob
complete a by=bob vote=approve
complete a by=ann vote=approve
tasks b
