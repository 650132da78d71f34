#!/usr/bin/env python3
"""What moves processes from outside, over HTTP: messages, signals, and edits that make a condition true."""
from lib.case import PackCase
from lib.exporter import Figure
from lib.pack import quick_pack
from lib.run import run

WAITING = '''<bpmn:intermediateCatchEvent id="parts"><bpmn:messageEventDefinition messageRef="parts_arrived"
  yunzhi:correlation="number"/></bpmn:intermediateCatchEvent>
  <bpmn:sequenceFlow id="to_parts" sourceRef="{source}" targetRef="parts"/>'''


BEGINS = '''<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:yunzhi="https://yunzhi.dev/bpmn">
<process id="{key}" name="{key}" isExecutable="true" yunzhi:record="{record}">
<startEvent id="turns"><conditionalEventDefinition><condition>{condition}</condition></conditionalEventDefinition></startEvent>
<userTask id="{key}_step" yunzhi:role="operations_supervisor"/><endEvent id="over"/>
<sequenceFlow id="f1" sourceRef="turns" targetRef="{key}_step"/><sequenceFlow id="f2" sourceRef="{key}_step" targetRef="over"/>
</process></definitions>'''
CONDITIONS = [('burning', 'incident', 'description = "it burns"'), ('hot', 'alert', 'severity = "critical"'),
              ('seen', 'alert', 'acknowledged_at != null'), ('cold', 'alert', 'state = "resolved"')]


def waiting_pack(folder):
    """The standard pack whose faults wait for parts before anybody assesses them, and processes that begin by a condition."""
    pack = quick_pack(folder)
    path = pack / 'processes' / 'incident.bpmn'
    text = path.read_text()
    begin = text.index('targetRef="assess"')
    source = text[:begin].rsplit('sourceRef="', 1)[1].split('"')[0]
    text = text.replace(f'sourceRef="{source}" targetRef="assess"', 'sourceRef="parts" targetRef="assess"')
    text = text.replace('<bpmn:userTask id="assess"', WAITING.format(source=source) + '<bpmn:userTask id="assess"')
    text = text.replace('<bpmn:process ', '<bpmn:message id="parts_arrived" name="parts-arrived"/><bpmn:process ', 1)
    path.write_text(text)
    for key, record, condition in CONDITIONS:
        (pack / 'processes' / f'{key}.bpmn').write_text(BEGINS.format(key=key, record=record, condition=condition))
    return pack


class Messages(PackCase):
    @classmethod
    def pack(cls, folder):
        return waiting_pack(folder)

    def send(self, body, account='zhuguan'):
        return self.as_(account).post('/api/v1/messages', body)

    def test_a_message_moves_the_fault_with_its_number_and_no_other(self):
        first, second = self.report(), self.report()
        chief = self.as_('zhuguan')
        self.assertEqual([], self.tasks_of(chief, first['id']))
        sent = self.ok(self.send({'name': 'parts-arrived', 'key': first['number']}))
        self.assertEqual('taken', sent['delivery'])
        self.assertEqual(['assess'], [task['element'] for task in self.tasks_of(chief, first['id'])])
        self.assertEqual([], self.tasks_of(chief, second['id']))

    def test_a_message_that_nobody_waits_for_is_kept(self):
        self.assertEqual('kept', self.ok(self.send({'name': 'parts-arrived', 'key': 'INC-1999-000001'}))['delivery'])

    def test_a_signal_says_how_many_it_reached(self):
        self.assertEqual(0, self.ok(self.as_('zhuguan').post('/api/v1/signals', {'name': 'power-back'}))['reached'])

    def test_an_edit_that_makes_its_condition_true_begins_a_process_for_the_fault(self):
        fault, chief = self.report(), self.as_('zhuguan')
        path = f'/api/v1/incidents/{fault["id"]}'
        steps = lambda: [task['element'] for task in self.tasks_of(chief, fault['id'])]
        for text, begun in (('it smokes', []), ('it burns', ['burning_step'])):
            etag = chief.get(path).headers['etag']
            self.ok(chief.patch(path, {'description': text}, {'If-Match': etag}))
            self.assertEqual(begun, steps())

    def test_what_becomes_of_an_alert_begins_processes_for_it(self):
        room, chief = Figure(room_temperature_celsius=45), self.as_('zhuguan')
        self.addCleanup(room.close)
        body = {'name': '机房', 'address': room.address, 'criticality': 'core', 'state': 'running', 'owner': self.as_('yunwei').person}
        system = self.ok(chief.post('/api/v1/systems', body), 201)['id']
        alert = self.eventually(lambda: self.ok(chief.get('/api/v1/alerts', state='firing', system=system))['items'], 60)[0]['id']
        steps = lambda: {task['element'] for task in self.tasks_of(chief, alert)}
        self.assertEqual({'hot_step'}, steps())
        self.ok(self.as_('yunwei').post(f'/api/v1/alerts/{alert}/acknowledge'))
        self.assertEqual({'hot_step', 'seen_step'}, steps())
        room.values['room_temperature_celsius'] = 20
        self.eventually(lambda: steps() == {'hot_step', 'seen_step', 'cold_step'}, 60)

    def test_wrong_messages_are_refused(self):
        self.refused(self.send({'key': '1'}), 422, '/name')
        self.refused(self.send({'name': 'x', 'key': {}}), 422, '/key')
        self.refused(self.send({'name': 'x', 'variables': []}), 422, '/variables')
        self.refused(self.send({'name': 'x', 'colour': 'red'}), 422, '/colour')
        self.refused(self.send({'name': 'x'}, 'yunwei'), 403)
        self.refused(self.as_('yunwei').post('/api/v1/signals', {'name': 'x'}), 403)


if __name__ == '__main__':
    run()
