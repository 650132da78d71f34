#!/usr/bin/env python3
"""A service task calls the outside: signed, once, tried again, and settled by a person when nobody can know."""
from lib.case import PackCase
from lib.pack import quick_pack
from lib.receiver import Receiver
from lib.run import run
from lib.server import QUICK


class ServiceCalls(PackCase):
    @classmethod
    def pack(cls, folder):
        pack = quick_pack(folder)
        drawing = pack / 'processes' / 'incident.bpmn'
        text = drawing.read_text()
        text = text.replace('<bpmn:userTask id="assess"', '<bpmn:serviceTask id="enter" yunzhi:action="webhook:ledger" />'
                            '<bpmn:sequenceFlow id="flow_entered" sourceRef="enter" targetRef="assess" />'
                            '<bpmn:userTask id="assess"', 1)
        text = text.replace('sourceRef="reported" targetRef="assess"', 'sourceRef="reported" targetRef="enter"')
        drawing.write_text(text)
        return pack

    @classmethod
    def setUpClass(cls):
        cls.receiver = Receiver('/entries')
        cls.addClassCleanup(cls.receiver.close)
        action = f'\n[[actions]]\nname = "ledger"\nurl = "{cls.receiver.url}"\nsecret = "a-secret-of-the-test"\n'
        cls.server_settings = {'config': QUICK + action}
        super().setUpClass()

    def test_the_call_carries_the_record_and_moves_the_process(self):
        record = self.report()['id']
        chief = self.as_('zhuguan')
        self.eventually(lambda: self.tasks_of(chief, record), 20)
        headers, body = next(call for call in self.receiver.calls if call[1]['data']['record']['id'] == record)
        self.assertEqual('process.call', body['type'])
        self.assertTrue(headers['webhook-signature'].startswith('v1,'))
        self.assertEqual('enter', body['data']['element'])
        self.assertEqual([], self.ok(chief.get('/api/v1/jobs'))['items'])

    def cut_off(self):
        """A call that the server was killed in the middle of; the fault and the job."""
        self.receiver.open.clear()
        known = len(self.receiver.calls)
        record = self.report()['id']
        self.eventually(lambda: len(self.receiver.calls) > known, 20)
        self.server.kill()
        self.receiver.open.set()
        self.server.start()
        type(self).clients.clear()
        jobs = self.ok(self.as_('zhuguan').get('/api/v1/jobs'))['items']
        self.assertEqual(['unknown'], [job['state'] for job in jobs])
        return record, jobs[0]['id']

    def test_a_call_cut_off_by_a_crash_is_settled_or_made_again_by_a_person(self):
        record, job = self.cut_off()
        before = len(self.receiver.calls)
        chief = self.as_('zhuguan')
        self.assertEqual([], self.tasks_of(chief, record))
        self.ok(chief.post(f'/api/v1/jobs/{job}/settle'))
        self.assertEqual(['assess'], [task['element'] for task in self.tasks_of(chief, record)])
        self.assertEqual(before, len(self.receiver.calls))
        record, job = self.cut_off()
        chief = self.as_('zhuguan')
        self.ok(chief.post(f'/api/v1/jobs/{job}/retry'))
        self.eventually(lambda: self.tasks_of(chief, record), 20)
        calls = [headers['webhook-id'] for headers, body in self.receiver.calls if body['data']['record']['id'] == record]
        self.assertEqual(2, len(calls))
        self.assertEqual(1, len(set(calls)))


if __name__ == '__main__':
    run()
