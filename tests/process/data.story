=== Data associations take a data object into a task by another name, and its output out again
element: Data association
--- model
<dataObject id="d1" name="order"/><dataObjectReference id="r1" dataObjectRef="d1"/><dataObject id="d2" name="receipt"/><dataObjectReference id="r2" dataObjectRef="d2"/>
<startEvent id="s"/><scriptTask id="a" scriptFormat="feel" camunda:resultVariable="out"><ioSpecification id="io"><dataInput id="i1" name="given"/><dataOutput id="o1" name="out"/><inputSet id="is"><dataInputRefs>i1</dataInputRefs></inputSet><outputSet id="os"><dataOutputRefs>o1</dataOutputRefs></outputSet></ioSpecification><dataInputAssociation id="da"><sourceRef>r1</sourceRef><targetRef>i1</targetRef></dataInputAssociation><dataOutputAssociation id="db"><sourceRef>o1</sourceRef><targetRef>r2</targetRef></dataOutputAssociation><script>given.sum * 2</script></scriptTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start {"order": {"sum": 21}}
variable receipt = 42

=== A transformation says in FEEL what a task gets, and an assignment what is set of it
element: Data association
--- model
<dataObject id="d1" name="order"/><dataObject id="d2" name="result"/>
<startEvent id="s"/><userTask id="a"><ioSpecification id="io"><dataInput id="i1" name="total"/><dataOutput id="o1" name="answer"/></ioSpecification><dataInputAssociation id="da"><sourceRef>d1</sourceRef><targetRef>i1</targetRef><transformation>sum(order.sums)</transformation></dataInputAssociation><dataOutputAssociation id="db"><targetRef>d2</targetRef><assignment><from>if total &gt; 10 then answer else "small"</from><to>result.text</to></assignment></dataOutputAssociation></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start {"order": {"sums": [5, 6]}}
complete a {"answer": "large"}
open b
variable result = {"text": "large"}

=== What an activity with outputs brings otherwise stays inside
element: Data association
--- story
start {"order": {"sums": [1]}}
complete a {"answer": "large", "other": 1}
variable result = {"text": "small"}
variable answer = absent
variable other = absent

=== A called process gets its inputs by associations and gives its outputs back
element: Data association
--- model
<dataObject id="d1" name="order"/><dataObject id="d2" name="grant"/>
<startEvent id="s"/><callActivity id="call" calledElement="q"><ioSpecification id="io"><dataInput id="i1" name="amount"/><dataOutput id="o1" name="granted"/></ioSpecification><dataInputAssociation id="da"><sourceRef>d1</sourceRef><targetRef>i1</targetRef></dataInputAssociation><dataOutputAssociation id="db"><sourceRef>o1</sourceRef><targetRef>d2</targetRef></dataOutputAssociation></callActivity><userTask id="b"/>
flow s > call
flow call > b
process q
<startEvent id="qs"/><scriptTask id="qa" scriptFormat="feel" camunda:resultVariable="granted"><script>amount &lt; 100</script></scriptTask>
flow qs > qa
--- story
start p {"order": 30}
open b
variable grant = true
variable granted = absent

=== A multi-instance takes its list from the data object its loop input is associated with
element: Data association
--- model
<dataObject id="d1" name="parts"/><dataObjectReference id="r1" dataObjectRef="d1"/><dataObject id="d2" name="checked"/>
<startEvent id="s"/><userTask id="a"><ioSpecification id="io"><dataInput id="i1" name="list"/><dataOutput id="o1" name="results"/></ioSpecification><dataInputAssociation id="da"><sourceRef>r1</sourceRef><targetRef>i1</targetRef></dataInputAssociation><dataOutputAssociation id="db"><sourceRef>o1</sourceRef><targetRef>d2</targetRef></dataOutputAssociation><multiInstanceLoopCharacteristics><loopDataInputRef>i1</loopDataInputRef><loopDataOutputRef>o1</loopDataOutputRef><inputDataItem id="part"/><outputDataItem id="fine"/></multiInstanceLoopCharacteristics></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start {"parts": ["x", "y"]}
complete a {"fine": true}
complete a {"fine": false}
open b
variable checked = [true, false]

=== Associations without an input, and with a data store, are drawing only
element: Drawing only
--- model
<dataObject id="d1" name="order"/><dataStoreReference id="ds"/>
<startEvent id="s"/><userTask id="a"><property id="pr" name="__targetRef_placeholder"/><dataInputAssociation id="da"><sourceRef>ds</sourceRef><targetRef>pr</targetRef></dataInputAssociation><dataOutputAssociation id="db"><targetRef>d1</targetRef></dataOutputAssociation></userTask><userTask id="b"/>
flow s > a
flow a > b
--- story
start
complete a {"order": 3}
open b
variable order = 3
