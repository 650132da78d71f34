#!/usr/bin/env python3
"""Messages and signals over HTTP: who may send them, what becomes of them, and a process that waits for one."""
from lib.case import PackCase
from lib.pack import quick_pack
from lib.run import run

WAITING = '''<bpmn:intermediateCatchEvent id="parts"><bpmn:messageEventDefinition messageRef="parts_arrived"
  yunzhi:correlation="number"/></bpmn:intermediateCatchEvent>
  <bpmn:sequenceFlow id="to_parts" sourceRef="{source}" targetRef="parts"/>'''


def waiting_pack(folder):
    """The standard pack whose faults wait for parts before anybody assesses them."""
    pack = quick_pack(folder)
    path = pack / 'processes' / 'incident.bpmn'
    text = path.read_text()
    begin = text.index('targetRef="assess"')
    source = text[:begin].rsplit('sourceRef="', 1)[1].split('"')[0]
    text = text.replace(f'sourceRef="{source}" targetRef="assess"', 'sourceRef="parts" targetRef="assess"')
    text = text.replace('<bpmn:userTask id="assess"', WAITING.format(source=source) + '<bpmn:userTask id="assess"')
    text = text.replace('<bpmn:process ', '<bpmn:message id="parts_arrived" name="parts-arrived"/><bpmn:process ', 1)
    path.write_text(text)
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

    def test_wrong_messages_are_refused(self):
        self.refused(self.send({'key': '1'}), 422, '/name')
        self.refused(self.send({'name': 'x', 'key': {}}), 422, '/key')
        self.refused(self.send({'name': 'x', 'variables': []}), 422, '/variables')
        self.refused(self.send({'name': 'x', 'colour': 'red'}), 422, '/colour')
        self.refused(self.send({'name': 'x'}, 'yunwei'), 403)
        self.refused(self.as_('yunwei').post('/api/v1/signals', {'name': 'x'}), 403)


if __name__ == '__main__':
    run()
