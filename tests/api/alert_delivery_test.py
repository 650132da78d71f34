#!/usr/bin/env python3
"""An alert on its way: grouped to receivers as an Alertmanager sends it, step by step to people, tested and traced."""
from lib.case import PackCase
from lib.exporter import Figure
from lib.pack import quick_pack
from lib.receiver import Receiver
from lib.run import run
from lib.server import QUICK

ESCALATION = '''- id: quick
  severities: [critical]
  steps:
    - {after: PT2S, role: system_operator, tell: on_duty}
    - {after: PT4S, role: operations_supervisor, tell: everybody}
'''


class Delivered(PackCase):
    @classmethod
    def pack(cls, folder):
        pack = quick_pack(folder)
        (pack / 'escalation.yaml').write_text(ESCALATION)
        return pack

    @classmethod
    def setUpClass(cls):
        cls.desk, cls.heart = Receiver(), Receiver()
        cls.addClassCleanup(cls.desk.close)
        cls.addClassCleanup(cls.heart.close)
        receivers = (f'heartbeat_url = "{cls.heart.url}"\n'
                     f'\n[[alert_receivers]]\nname = "desk"\nurl = "{cls.desk.url}"\nsecret = "s3cret"\n'
                     'group_by = ["alertname", "instance"]\ngroup_wait = "PT1S"\ngroup_interval = "PT1S"\n')
        cls.server_settings = {'config': QUICK + receivers}
        super().setUpClass()

    def watch(self, target, name):
        body = {'name': name, 'address': target.address, 'criticality': 'core', 'state': 'running'}
        return self.ok(self.as_('zhuguan').post('/api/v1/systems', body), 201)['id']

    def firing(self, system):
        return self.ok(self.as_('zhuguan').get('/api/v1/alerts', state='firing', system=system))['items']

    def messages(self, target):
        return [body for _, body in list(self.desk.calls)
                if any(alert['labels'].get('instance') == target.address for alert in body['alerts'])]

    def deliveries(self, alert):
        return self.ok(self.as_('zhuguan').get(f'/api/v1/alerts/{alert}/deliveries'))['items']

    def room(self, name):
        room = Figure(room_temperature_celsius=45)
        self.addCleanup(room.close)
        system = self.watch(room, name)
        return room, system, self.eventually(lambda: self.firing(system), 60)[0]

    def test_a_receiver_gets_groups_as_an_alertmanager_sends_them_from_firing_to_resolved(self):
        room, _, alert = self.room('接收方')
        told = self.eventually(lambda: self.messages(room), 20)[0]
        self.assertEqual(['4', 'firing', 'desk', 0], [told[name] for name in ('version', 'status', 'receiver', 'truncatedAlerts')])
        self.assertEqual({'alertname': 'RoomTooWarm', 'instance': room.address}, told['groupLabels'])
        self.assertEqual('机房温度过高', told['commonAnnotations']['summary'])
        one = told['alerts'][0]
        self.assertEqual(['firing', '0001-01-01T00:00:00Z'], [one['status'], one['endsAt']])
        self.assertEqual('Bearer s3cret', next(headers['Authorization'] for headers, body in self.desk.calls if body == told))
        room.values['room_temperature_celsius'] = 20
        self.eventually(lambda: self.messages(room)[-1]['status'] == 'resolved', 30)
        self.assertEqual(2, len(self.messages(room)))
        states = [(each['target'], each['state']) for each in self.deliveries(alert['id']) if each['channel'] == 'alerts']
        self.assertEqual([('desk', 'delivered')] * 2, states)

    def test_a_message_waits_for_a_receiver_that_is_down_over_a_restart_and_goes_out_once(self):
        self.desk.status = 503
        room, _, alert = self.room('稍后再试')
        self.eventually(lambda: self.messages(room), 20)
        self.server.kill()
        self.desk.status = 200
        before = len(self.messages(room))
        self.server.start()
        type(self).clients.clear()
        of_desk = lambda: [each for each in self.deliveries(alert['id']) if each['channel'] == 'alerts']
        self.eventually(lambda: of_desk()[0]['state'] == 'delivered', 40)
        self.assertEqual([1, before + 1], [len(of_desk()), len(self.messages(room))])

    def test_an_alert_that_nobody_acknowledges_goes_up_once_over_a_restart_and_every_step_is_traced(self):
        _, _, alert = self.room('升级')
        self.server.kill()
        self.server.start()
        type(self).clients.clear()
        chief, operator = self.as_('zhuguan'), self.as_('yunwei')
        self.eventually(lambda: any(each['step'] == 2 for each in self.deliveries(alert['id'])), 30)
        told = [(each['step'], each['person'], each['state']) for each in self.deliveries(alert['id']) if each['channel'] == 'application']
        self.assertEqual([(0, operator.person, 'delivered'), (1, operator.person, 'delivered'), (2, chief.person, 'delivered')], told)
        unread = self.ok(chief.get('/api/v1/notifications', unread='true'))['items']
        self.assertTrue(any(each['title'].startswith('无人确认：机房温度过高') for each in unread), unread)

    def test_an_acknowledged_alert_goes_no_further(self):
        _, system, alert = self.room('已确认')
        self.ok(self.as_('yunwei').post(f'/api/v1/alerts/{alert["id"]}/acknowledge'))
        _, _, other = self.room('未确认')
        self.eventually(lambda: any(each['step'] == 2 for each in self.deliveries(other['id'])), 30)
        self.assertFalse([each for each in self.deliveries(alert['id']) if each['step'] == 2])
        self.assertEqual(404, self.as_('zhuguan').get('/api/v1/alerts/none/deliveries').status)

    def test_a_test_shows_each_stage_and_raises_no_fault(self):
        chief = self.as_('zhuguan')
        room = Figure(room_temperature_celsius=20)
        self.addCleanup(room.close)
        system = self.watch(room, '试一试')
        wish = {'rule': 'RoomTooWarm', 'labels': {'instance': room.address}}
        stages = self.ok(chief.post('/api/v1/rules/test-fire', wish))
        self.assertEqual(['RoomTooWarm', system, True, False], [stages['rule']['name'], stages['system'], stages['opens_fault'], stages['suppressed']['holds']])
        self.assertEqual([('PT0S', 'system_operator'), ('PT2S', 'system_operator'), ('PT4S', 'operations_supervisor')],
                         [(step['after'], step['role']) for step in stages['steps']])
        self.assertEqual('王建国', stages['steps'][2]['people'][chief.person]['name'])
        self.assertEqual(['desk'], [each['name'] for each in stages['receivers']])
        self.assertEqual([], stages['sent'])
        self.assertEqual([], self.messages(room))
        self.ok(chief.post('/api/v1/rules/test-fire', wish | {'send': True}))
        sent = self.eventually(lambda: self.messages(room), 20)[0]
        self.assertEqual('true', sent['commonLabels']['yunzhi_test'])
        unread = self.ok(self.as_('yunwei').get('/api/v1/notifications', unread='true'))['items']
        self.assertTrue(any(each['title'].startswith('测试：RoomTooWarm') for each in unread), unread)
        self.assertEqual([], self.firing(system))
        self.refused(chief.post('/api/v1/rules/test-fire', {'rule': 'None'}), 404)
        self.refused(chief.post('/api/v1/rules/test-fire', {'rule': 'RoomTooWarm', 'labels': {'a': 5}}), 422, '/labels/a')
        self.assertEqual(403, self.as_('yunwei').post('/api/v1/rules/test-fire', wish).status)

    def test_a_service_outside_hears_a_heartbeat(self):
        self.eventually(lambda: self.heart.calls, 30)


if __name__ == '__main__':
    run()
