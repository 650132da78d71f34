=== A parallel multi-instance runs once for each item and gathers the results in order
element: Multi-instance, parallel
--- model
<startEvent id="s"/><userTask id="a"><multiInstanceLoopCharacteristics yunzhi:collection="people" yunzhi:item="person" yunzhi:output="answers" yunzhi:outputItem="answer"/></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start {"people": ["x", "y", "z"]}
open a a a
complete a #3 {"answer": "third"}
complete a #1 {"answer": "first"}
open a
complete a {"answer": "second"}
open b
variable answers = ["first", "second", "third"]

=== A multi-instance over an empty list is over at once
element: Multi-instance, parallel
--- story
start {"people": []}
open b
variable answers = []

=== A completion condition ends a multi-instance and takes the rest away
element: Multi-instance, parallel
--- model
<startEvent id="s"/><userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>5</loopCardinality><completionCondition>numberOfCompletedInstances / numberOfInstances >= 0.4</completionCondition></multiInstanceLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start
open a a a a a
complete a
open a a a a
complete a
open b

=== A sequential multi-instance runs one after the other
element: Multi-instance, sequential
--- model
<startEvent id="s"/><userTask id="a"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start
open a
complete a
open a
complete a #2
open a
complete a
open b

=== An event on the border of a multi-instance ends all of its runs
element: Multi-instance, parallel
--- model
<startEvent id="s"/><userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask><userTask id="b"/>
<boundaryEvent id="t" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
flow s > a
flow t > b
--- story
start
complete a
advance PT1H
open b

=== A sub-process may run several times, each with its own variables
element: Multi-instance, parallel
--- model
<startEvent id="s"/><subProcess id="sub"><multiInstanceLoopCharacteristics yunzhi:collection="[1, 2]" yunzhi:item="n"/><startEvent id="ss"/><exclusiveGateway id="g" default="g_y"/><userTask id="x"/><userTask id="y"/>
flow ss > g
flow g > x: n = 1
flow g > y
</subProcess><userTask id="b"/>
flow s > sub
flow sub > b
--- story
start
open x y
complete x
open y
complete y
open b
variable n = absent

=== A multi-instance of scripts needs nobody
element: Multi-instance, sequential
--- model
<startEvent id="s"/><scriptTask id="x" scriptFormat="feel" yunzhi:result="sum"><multiInstanceLoopCharacteristics isSequential="true" yunzhi:collection="[1, 2, 3]" yunzhi:item="n"/><script>sum + n</script></scriptTask><endEvent id="e"/>
flow s > x
flow x > e
--- story
start {"sum": 0}
ended
variable sum = 6

=== A standard loop runs until its condition no longer holds
element: Standard loop
--- model
<startEvent id="s"/><userTask id="a"><standardLoopCharacteristics><loopCondition>again</loopCondition></standardLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start {"again": true}
open a
complete a
open a
complete a {"again": false}
open b

=== A standard loop that tests before may not run at all
element: Standard loop
--- model
<startEvent id="s"/><userTask id="a"><standardLoopCharacteristics testBefore="true"><loopCondition>again</loopCondition></standardLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start {"again": false}
open b

=== A standard loop runs no more often than its maximum
element: Standard loop
--- model
<startEvent id="s"/><userTask id="a"><standardLoopCharacteristics loopMaximum="2"><loopCondition>true</loopCondition></standardLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start
complete a
open a
complete a
open b

=== A loop condition that begins with a bare not is told in FEEL
element: Standard loop
--- model
<startEvent id="s"/><userTask id="a"><standardLoopCharacteristics testBefore="true" loopMaximum="3"><loopCondition>not done</loopCondition></standardLoopCharacteristics></userTask><exclusiveGateway id="x" default="x_c"/><userTask id="b"/><userTask id="c"/>
flow s > a
flow a > x
flow x > b: n > 0 and not late
flow x > c
--- story
start {"done": false, "n": 1, "late": false}
open a
complete a
open a
complete a {"done": true}
open b

=== A loop condition without an answer waits for somebody to mend it, and the loop goes on where it was
element: Standard loop
--- model
<startEvent id="s"/><userTask id="a"><standardLoopCharacteristics loopMaximum="3"><loopCondition>again</loopCondition></standardLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start
open a
complete a
error because 'again' is empty
open -
retry a {"again": null}
error because 'again' is empty
retry a {"again": true}
open a
complete a
open a
complete a
open b

=== A loop that tests before and has no answer begins once it has one
element: Standard loop
--- model
<startEvent id="s"/><userTask id="a"><standardLoopCharacteristics testBefore="true"><loopCondition>again</loopCondition></standardLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start
error because 'again' is empty
open -
retry a {"again": true}
open a
complete a {"again": false}
open b

=== A completion condition without an answer waits for somebody to mend it, and the other runs go on
element: Multi-instance, parallel
--- model
<startEvent id="s"/><userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality><completionCondition>enough</completionCondition></multiInstanceLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start
open a a a
complete a
error because 'enough' is empty
open a a
complete a
open a
retry a {"enough": false}
open a
complete a
open b

=== A completion condition that is answered by a later run needs no mending
element: Multi-instance, parallel
--- story
start
complete a
error because 'enough' is empty
complete a {"enough": true}
open b

=== A completion condition without an answer stops a multi-instance that runs one after the other
element: Multi-instance, sequential
--- model
<startEvent id="s"/><userTask id="a"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>3</loopCardinality><completionCondition>enough</completionCondition></multiInstanceLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start
complete a
error because 'enough' is empty
open -
retry a {"enough": false}
open a
complete a {"enough": true}
open b

=== The items of a multi-instance go by their ids when their names are only for reading
element: Multi-instance, parallel
--- model
<startEvent id="s"/><userTask id="a"><multiInstanceLoopCharacteristics><loopDataInputRef>given</loopDataInputRef><loopDataOutputRef>results</loopDataOutputRef><inputDataItem id="one" name="one of them"/><outputDataItem id="result" name="the result"/><completionCondition>one = 9</completionCondition></multiInstanceLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start {"given": [1, 2], "one": 0}
complete a {"result": 10}
complete a {"result": 20}
open b
variable results = [10, 20]

=== A sequential multi-instance takes the items in order and gathers the results
element: Multi-instance, sequential
--- model
<startEvent id="s"/><userTask id="a" yunzhi:assignee="field:person"><multiInstanceLoopCharacteristics isSequential="true" yunzhi:collection="people" yunzhi:item="person" yunzhi:output="answers" yunzhi:outputItem="answer"/></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start {"people": ["ann", "bob"]}
tasks a:ann
complete a by=ann {"answer": 1}
tasks a:bob
complete a by=bob {"answer": 2}
open b
variable answers = [1, 2]
=== One who objects ends a multi-instance at once
element: Multi-instance, parallel
--- model
<startEvent id="s"/><userTask id="a" yunzhi:assignee="field:person"><multiInstanceLoopCharacteristics yunzhi:collection="people" yunzhi:item="person"><completionCondition>veto = true</completionCondition></multiInstanceLoopCharacteristics></userTask><exclusiveGateway id="g" default="g_yes"/><userTask id="yes"/><userTask id="no"/>
flow s > a
flow a > g
flow g > no: veto
flow g > yes
--- story
start {"people": ["ann", "bob", "cat"], "veto": false}
tasks a:ann a:bob a:cat
complete a by=bob
open a a
complete a by=cat {"veto": true}
open no
start {"people": ["ann", "bob"], "veto": false}
complete a by=ann
complete a by=bob
open no yes
=== Whom a run of a multi-instance is for signs it
element: Multi-instance, parallel
--- model
<startEvent id="s"/><userTask id="a" yunzhi:role="clerk" yunzhi:sign="all" yunzhi:signers="field:person,field:chief" yunzhi:result="ok"><multiInstanceLoopCharacteristics yunzhi:collection="people" yunzhi:item="person"/></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start {"people": ["ann", "bob"], "chief": "zoe"}
tasks a:ann a:zoe a:bob a:zoe
complete a #2 by=zoe vote=approve
complete a #2 by=bob vote=approve
tasks a:ann a:zoe
