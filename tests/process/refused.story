=== A complex gateway is refused
element: Refused
--- model
<startEvent id="s"/><complexGateway id="g"/><userTask id="a"/>
flow s > g
flow g > a
--- story
refused 'g': the element complexGateway is not run by this engine
=== An event that waits for several things is refused
element: Refused
--- model
<startEvent id="s"/><intermediateCatchEvent id="c"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition><signalEventDefinition/></intermediateCatchEvent><userTask id="a"/>
flow s > c
flow c > a
--- story
refused 'c' waits for several things at once
=== A condition in a language that cannot be told in FEEL is refused
element: Refused
--- model
<startEvent id="s"/><exclusiveGateway id="g"/><userTask id="a"/><sequenceFlow id="f1" sourceRef="s" targetRef="g"/><sequenceFlow id="f2" sourceRef="g" targetRef="a"><conditionExpression language="groovy">bean.check(x)</conditionExpression></sequenceFlow>
--- story
refused 'f2': the condition is written in groovy
=== A parallel event-based gateway is refused
element: Refused
--- model
<startEvent id="s"/><eventBasedGateway id="g" eventGatewayType="Parallel"/><userTask id="a"/>
flow s > g
flow g > a
--- story
refused 'g': a parallel event-based gateway is not run
=== Drawing passes
element: Drawing only
--- model
<startEvent id="s"/><userTask id="a"/><textAnnotation id="n"><text>hi</text></textAnnotation><association id="as" sourceRef="a" targetRef="n"/><group id="g"/><dataStoreReference id="ds"/>
flow s > a
--- story
start
open a
