#!/usr/bin/env python3
"""A threshold crossed becomes an alert, the alert an incident with its system, priority, clocks and notified operator."""
from datetime import datetime, timedelta, timezone

from lib.case import PackCase
from lib.exporter import Figure, Flood, Garbage, Hanging, Liar, Many, Redirect
from lib.run import run


class Monitored(PackCase):
    def watch(self, target, name):
        body = {'name': name, 'address': target.address, 'criticality': 'core', 'state': 'running', 'owner': self.as_('yunwei').person}
        return self.ok(self.as_('zhuguan').post('/api/v1/systems', body), 201)['id']

    def value(self, query):
        found = self.ok(self.as_('zhuguan').get('/prometheus/api/v1/query', query=query))['data']['result']
        return float(found[0]['value'][1]) if found else None


class Alerts(Monitored):
    def test_from_the_figure_to_the_incident_and_back(self):
        room = Figure(room_temperature_celsius=21)
        self.addCleanup(room.close)
        system = self.watch(room, '机房环境')
        chief, operator = self.as_('zhuguan'), self.as_('yunwei')
        query = f'room_temperature_celsius{{instance="{room.address}"}}'
        self.eventually(lambda: self.value(query) == 21, 40)
        self.assertEqual(1, self.value(f'up{{instance="{room.address}"}}'))
        self.assertEqual([], self.firing(system))

        room.values['room_temperature_celsius'] = 41
        alert = self.eventually(lambda: next((one for one in self.firing(system)
                                              if one['incident']), None), 60)
        self.assertEqual(system, alert['system'])
        record = self.ok(chief.get(f'/api/v1/incidents/{alert["incident"]}'))
        self.assertEqual(['alert', system, 'p1', 'reported'], [record['source'], record['system'], record['priority'], record['state']])
        self.assertIn('机房温度过高', record['title'])
        self.assertEqual({'running'}, {clock['state'] for clock in record['clocks']})
        self.assertTrue(self.tasks_of(chief, record['id']))
        unread = self.eventually(lambda: self.ok(operator.get('/api/v1/notifications', unread='true'))['items'], 20)
        self.assertTrue(any('机房温度过高' in item['title'] + item['body'] for item in unread), unread)

        room.values['room_temperature_celsius'] = 20
        self.eventually(lambda: self.ok(chief.get('/api/v1/alerts', state='resolved', system=system))['items'], 60)
        room.values['room_temperature_celsius'] = 45
        self.eventually(lambda: self.firing(system), 60)
        opened = self.ok(chief.get('/api/v1/incidents', source='alert', system=system, limit=50))['items']
        self.assertEqual(1, len(opened), 'a fault still in progress takes its own alert in')

    def test_a_fault_is_as_severe_as_its_alert_until_somebody_has_assessed_it(self):
        room, chief = Figure(room_humidity=75), self.as_('zhuguan')
        self.addCleanup(room.close)
        system = self.watch(room, '潮湿的机房')
        alert = self.eventually(lambda: self.firing(system), 60)[0]
        fault = lambda: self.ok(chief.get(f'/api/v1/incidents/{alert["incident"]}'))
        self.assertEqual(['minor', 'p2', None], [alert['severity'], fault()['priority'], fault()['recovered_at']])
        room.values['room_humidity'] = 95
        now = self.eventually(lambda: next((one for one in self.firing(system) if one['severity'] == 'critical'), None), 30)
        self.assertEqual([alert['id'], alert['incident'], '机房湿度 95%'], [now['id'], now['incident'], now['annotations']['summary']])
        self.assertEqual(['critical', 'p1'], [fault()['severity'], fault()['priority']])
        task = self.tasks_of(chief, alert['incident'])[0]
        self.ok(chief.post(f'/api/v1/tasks/{task["id"]}/claim'))
        self.ok(chief.post(f'/api/v1/tasks/{task["id"]}/complete', {'fields': {'severity': 'low', 'urgency': 'low'}}))
        room.values['room_humidity'] = 80
        self.eventually(lambda: self.firing(system)[0]['severity'] == 'minor', 30)
        self.assertEqual('low', fault()['severity'], 'people have decided')
        room.values['room_humidity'] = 10
        self.eventually(lambda: fault()['recovered_at'], 30)
        room.values['room_humidity'] = 75
        self.eventually(lambda: fault()['recovered_at'] is None, 30)

    def test_a_mild_fault_whose_alert_is_over_before_anybody_assessed_it_is_over_too(self):
        room, chief = Figure(room_humidity=75), self.as_('zhuguan')
        self.addCleanup(room.close)
        system = self.watch(room, '一时潮湿的机房')
        alert = self.eventually(lambda: self.firing(system), 60)[0]
        self.assertEqual(1, len(self.tasks_of(chief, alert['incident'])))
        room.values['room_humidity'] = 10
        fault = self.eventually(lambda: next((one for one in [self.ok(chief.get(f'/api/v1/incidents/{alert["incident"]}'))]
                                              if one['state'] == 'cancelled'), None), 30)
        self.assertEqual([], fault['tasks'])
        self.assertTrue(fault['closed_at'])

    def test_the_end_of_an_alert_confirms_that_its_fault_is_repaired(self):
        room, chief, operator = Figure(room_temperature_celsius=45), self.as_('zhuguan'), self.as_('yunwei')
        self.addCleanup(room.close)
        system = self.watch(room, '修复的机房')
        fault = self.eventually(lambda: self.firing(system) and self.firing(system)[0]['incident'], 60)
        self.do_task(chief, fault, 'assess', {'severity': 'minor', 'urgency': 'low', 'assignee': operator.person})
        self.do_task(operator, fault, 'diagnose', {'diagnosis': '空调停机'})
        room.values['room_temperature_celsius'] = 20
        self.eventually(lambda: self.ok(chief.get(f'/api/v1/incidents/{fault}'))['recovered_at'], 30)
        self.do_task(operator, fault, 'repair', {'solution': '重启空调'})
        self.do_task(operator, fault, 'test', {'test_result': 'passed'})
        self.assertEqual('summarising', self.ok(chief.get(f'/api/v1/incidents/{fault}'))['state'])

    def test_an_alert_that_comes_and_goes_is_one_alert_until_it_is_calm(self):
        room, chief = Figure(door_open=0), self.as_('zhuguan')
        self.addCleanup(room.close)
        system = self.watch(room, '常开的门')
        self.eventually(lambda: self.value(f'door_open{{instance="{room.address}"}}') == 0, 40)
        for _ in range(2):
            room.values['door_open'] = 1
            self.eventually(lambda: self.firing(system), 30)
            if self.firing(system)[0]['flapping']:
                break
            room.values['door_open'] = 0
            self.eventually(lambda: not self.firing(system), 30)
        alert = self.eventually(lambda: next((one for one in self.firing(system) if one['flapping']), None), 30)
        room.values['door_open'] = 0
        self.eventually(lambda: self.value(f'door_open{{instance="{room.address}"}}') == 0, 10)
        self.assertEqual([alert['id']], [one['id'] for one in self.firing(system)])
        self.eventually(lambda: not self.firing(system), 30)
        over = self.ok(chief.get('/api/v1/alerts', state='resolved', system=system))['items']
        self.assertIn(alert['id'], [one['id'] for one in over])

    def test_alerts_of_others_become_faults_like_the_own(self):
        chief, operator, business = self.as_('zhuguan'), self.as_('yunwei'), self.as_('yewu')
        body = {'name': '外部监控的系统', 'address': '192.0.2.7:9100', 'criticality': 'core', 'state': 'planned'}
        system = self.ok(chief.post('/api/v1/systems', body), 201)['id']
        labels = {'alertname': 'CoolingLost', 'instance': '192.0.2.7:9100', 'severity': 'critical'}
        sent = {'labels': labels, 'annotations': {'summary': '冷却中断'}, 'startsAt': '2026-11-01T00:00:00Z'}
        self.assertEqual(403, business.post('/prometheus/api/v2/alerts', [sent]).status)
        self.ok(operator.post('/prometheus/api/v2/alerts', [sent]))
        self.ok(operator.post('/prometheus/api/v2/alerts', [sent]))
        alert = self.eventually(lambda: next(iter(self.firing(system)), None), 20)
        record = self.ok(chief.get(f'/api/v1/incidents/{alert["incident"]}'))
        self.assertEqual(['alert', '冷却中断'], [record['source'], record['title']])
        listed = operator.call('GET', '/prometheus/api/v2/alerts?filter=alertname%3D%22CoolingLost%22').json
        self.assertEqual([labels], [each['labels'] for each in listed])
        webhook = {'version': '4', 'status': 'resolved', 'alerts': [sent | {'status': 'resolved', 'endsAt': '2026-11-01T01:00:00Z'}]}
        self.ok(operator.post('/prometheus/api/v2/webhook', webhook))
        self.eventually(lambda: self.ok(chief.get('/api/v1/alerts', state='resolved', system=system))['items'], 20)

    def test_what_is_wrong_with_an_alert_of_others_is_told(self):
        operator = self.as_('yunwei')
        for sent, told in (({}, '必须是告警列表'), ([{'labels': {'a': 'b'}}], '[0].labels'),
                           ([{'labels': {'alertname': 'x'}, 'endsAt': 'soon'}], '[0].endsAt'),
                           ([{'labels': {'alertname': 5}}], '[0].labels.alertname')):
            answer = operator.post('/prometheus/api/v2/alerts', sent)
            self.assertEqual(400, answer.status)
            self.assertIn(told, str(answer.json))

    def firing(self, system):
        return self.ok(self.as_('zhuguan').get('/api/v1/alerts', state='firing', system=system))['items']

    def test_an_alert_in_a_maintenance_window_opens_its_fault_when_the_window_is_over(self):
        room = Figure(room_temperature_celsius=45)
        self.addCleanup(room.close)
        chief = self.as_('zhuguan')
        body = {'name': '检修中的机房', 'address': room.address, 'criticality': 'core', 'state': 'planned'}
        system = self.ok(chief.post('/api/v1/systems', body), 201)['id']
        now = datetime.now(timezone.utc)
        window = {'title': '空调检修', 'systems': [system], 'starts_at': (now - timedelta(minutes=1)).isoformat(),
                  'ends_at': (now + timedelta(hours=1)).isoformat()}
        window = self.ok(chief.post('/api/v1/maintenance_windows', window), 201)
        self.ok(chief.patch(f'/api/v1/systems/{system}', {'state': 'running'}, {'If-Match': '*'}))
        alert = self.eventually(lambda: self.firing(system), 60)[0]
        self.assertEqual([window['id'], None], [alert['maintenance_window'], alert['incident']])
        self.ok(chief.patch(f'/api/v1/maintenance_windows/{window["id"]}', {'state': 'cancelled'}, {'If-Match': '*'}))
        incident = self.eventually(lambda: self.firing(system)[0]['incident'], 30)
        self.assertEqual(system, self.ok(chief.get(f'/api/v1/incidents/{incident}'))['system'])
        self.assertIsNone(self.firing(system)[0]['maintenance_window'])

    def test_what_stands_on_a_system_that_is_down_opens_no_fault_of_its_own(self):
        chief, base, room = self.as_('zhuguan'), Figure(room_temperature_celsius=20, base_broken=1), Figure(room_temperature_celsius=20)
        self.addCleanup(base.close)
        self.addCleanup(room.close)
        below = self.watch(base, '供电')
        above = self.watch(room, '供电之上的机房')
        self.ok(chief.patch(f'/api/v1/systems/{above}', {'depends_on': [below]}, {'If-Match': '*'}))
        self.eventually(lambda: self.firing(below), 60)
        room.values['room_temperature_celsius'] = 45
        alert = self.eventually(lambda: self.firing(above), 60)[0]
        self.assertEqual([below, None], [alert['caused_by'], alert['incident']])
        base.values['base_broken'] = 0
        self.eventually(lambda: self.firing(above)[0]['incident'], 60)

    def silence(self, wanted, minutes=60, **more):
        now = datetime.now(timezone.utc)
        body = {'matchers': [{'name': name, 'value': value, 'isRegex': regex, 'isEqual': equal} for name, value, regex, equal in wanted],
                'startsAt': now.isoformat(), 'endsAt': (now + timedelta(minutes=minutes)).isoformat(),
                'createdBy': 'amtool', 'comment': '已知问题', **more}
        return self.as_('zhuguan').post('/prometheus/api/v2/silences', body)

    def listed(self, address):
        return self.as_('zhuguan').call('GET', f'/prometheus/api/v2/alerts?filter=instance%3D%22{address}%22').json

    def test_a_silenced_alert_is_shown_with_its_silence_and_opens_its_fault_when_the_silence_ends(self):
        room, chief = Figure(room_temperature_celsius=45), self.as_('zhuguan')
        self.addCleanup(room.close)
        silence = self.ok(self.silence([('alertname', 'RoomTooWarm', False, True), ('instance', f'{room.address}|x', True, True)]))['silenceID']
        system = self.watch(room, '静默的机房')
        alert = self.eventually(lambda: self.firing(system), 60)[0]
        self.assertEqual([silence, None, False], [alert['silence'], alert['incident'], alert.get('notified', False)])
        status = self.listed(room.address)[0]['status']
        self.assertEqual(['suppressed', [silence]], [status['state'], status['silencedBy']])
        kept = self.ok(chief.get(f'/prometheus/api/v2/silence/{silence}'))
        self.assertEqual(['active', '王建国', '已知问题'], [kept['status']['state'], kept['createdBy'], kept['comment']])
        self.assertEqual(403, self.as_('yunwei').delete(f'/prometheus/api/v2/silence/{silence}').status)
        self.ok(chief.delete(f'/prometheus/api/v2/silence/{silence}'))
        self.eventually(lambda: self.firing(system)[0]['incident'], 30)
        self.assertIsNone(self.firing(system)[0]['silence'])
        self.assertEqual('expired', self.ok(chief.get(f'/prometheus/api/v2/silence/{silence}'))['status']['state'])
        self.assertEqual('active', self.listed(room.address)[0]['status']['state'])

    def test_a_silence_survives_a_restart_and_holds_only_for_what_it_names(self):
        room, other = Figure(room_temperature_celsius=45), Figure(room_temperature_celsius=45)
        self.addCleanup(room.close)
        self.addCleanup(other.close)
        silence = self.ok(self.silence([('alertname', 'RoomTooWarm', False, True), ('instance', other.address, False, False)]))['silenceID']
        self.addCleanup(lambda: self.as_('zhuguan').delete(f'/prometheus/api/v2/silence/{silence}'))
        self.server.restart()
        type(self).clients.clear()
        quiet, loud = self.watch(room, '安静'), self.watch(other, '不安静')
        self.eventually(lambda: self.firing(quiet), 60)
        self.assertIsNotNone(self.eventually(lambda: self.firing(loud), 60)[0]['incident'])
        self.assertEqual(silence, self.firing(quiet)[0]['silence'])

    def test_a_silence_posted_again_changes_while_its_matchers_are_the_same(self):
        chief, matchers = self.as_('zhuguan'), [('alertname', 'Nothing', False, True)]
        made = self.ok(self.silence(matchers))['silenceID']
        known = self.ok(chief.get(f'/prometheus/api/v2/silence/{made}'))
        self.assertEqual(made, self.ok(self.silence(matchers, id=made, startsAt=known['startsAt'], comment='延长'))['silenceID'])
        other = self.ok(self.silence([('alertname', 'Else', False, True)], id=made))['silenceID']
        self.assertNotEqual(made, other)
        states = {each['id']: each['status']['state'] for each in self.ok(chief.get('/prometheus/api/v2/silences'))}
        self.assertEqual(['expired', 'active'], [states[made], states[other]])
        self.ok(chief.delete(f'/prometheus/api/v2/silence/{other}'))

    def test_a_silence_that_cannot_be_is_refused_by_its_field(self):
        for more, field in (({'matchers': []}, 'matchers'), ({'endsAt': 'soon'}, 'endsAt'), ({'comment': ''}, 'comment'),
                            ({'matchers': [{'name': 'a', 'value': '.*', 'isRegex': True}]}, 'matchers'),
                            ({'matchers': [{'name': 'a', 'value': '(', 'isRegex': True}]}, 'matchers[0].value')):
            answer = self.silence([('alertname', 'x', False, True)], **more)
            self.assertEqual(400, answer.status)
            self.assertIn(field, str(answer.json))
        self.assertEqual(404, self.as_('zhuguan').get('/prometheus/api/v2/silence/none').status)
        self.assertEqual(403, self.as_('yunwei').post('/prometheus/api/v2/silences', {}).status)

    def test_one_person_acknowledges_a_firing_alert_and_the_name_stands_beside_it(self):
        room = Figure(room_temperature_celsius=50)
        self.addCleanup(room.close)
        system, operator = self.watch(room, '确认'), self.as_('yunwei')
        alert = self.eventually(lambda: self.firing(system), 60)[0]
        path = f'/api/v1/alerts/{alert["id"]}/acknowledge'
        self.ok(operator.post(path))
        self.assertEqual(operator.person, self.firing(system)[0]['acknowledged_by'])
        self.refused(self.as_('zhuguan').post(path), 409)

    def test_samples_survive_a_kill(self):
        room = Figure(durable_figure=7)
        self.addCleanup(room.close)
        self.watch(room, '持久性')
        self.eventually(lambda: self.value('durable_figure') == 7, 40)
        count = 'count_over_time(durable_figure[1h])'
        self.eventually(lambda: (self.value(count) or 0) >= 3, 40)
        before = self.value(count)
        room.close()
        self.server.kill()
        self.server.start()
        self.assertGreaterEqual(self.value(count), before - 2)

    def test_the_prometheus_api_answers_as_grafana_expects(self):
        room = Figure(grafana_figure=5)
        self.addCleanup(room.close)
        self.watch(room, '图表')
        self.eventually(lambda: self.value('grafana_figure') == 5, 40)
        client = self.as_('yunwei')
        base = '/prometheus/api/v1/'
        self.assertIn('grafana_figure', self.ok(client.get(base + 'label/__name__/values'))['data'])
        self.assertIn('instance', self.ok(client.get(base + 'labels'))['data'])
        self.assertTrue(self.ok(client.call('GET', base + 'series?match[]=grafana_figure'))['data'])
        self.assertEqual('success', self.ok(client.get(base + 'status/buildinfo'))['status'])
        for name in ('metadata', 'targets', 'rules', 'alerts'):
            self.assertEqual('success', self.ok(client.get(base + name))['status'], name)
        wrong = client.get(base + 'query', query='sum(')
        self.assertEqual(400, wrong.status)


class BadTargets(Monitored):
    def test_targets_that_hang_lie_or_flood_are_down_while_the_others_go_on(self):
        good = Figure(good_figure=1)
        bad = {'卡住': Hanging(), '泛滥': Flood(), '说谎': Liar(), '跳转': Redirect(good.address), '乱码': Garbage(), '百万': Many()}
        for target in (good, *bad.values()):
            self.addCleanup(target.close)
        self.watch(good, '正常')
        for name, target in bad.items():
            self.watch(target, name)
        before = self.server.memory_mb()
        self.eventually(lambda: self.value('good_figure') == 1, 40)
        for name, target in bad.items():
            with self.subTest(name):
                self.eventually(lambda: self.value(f'up{{instance="{target.address}"}}') == 0, 60)
        counted = 'count_over_time(good_figure[30s])'
        first = self.value(counted)
        self.eventually(lambda: self.value(counted) >= first + 5, 30)
        self.assertEqual([], self.ok(self.as_('zhuguan').call('GET', '/prometheus/api/v1/series?match[]=flood_1'))['data'])
        self.assertLess(self.server.memory_mb() - before, 250)
        targets = {one['instance']: one for one in self.ok(self.as_('zhuguan').get('/api/v1/targets'))['items']}
        self.assertEqual(['up', 'down'], [targets[good.address]['state'], targets[bad['泛滥'].address]['state']])
        self.assertTrue(targets[bad['说谎'].address]['last_error'])

    def test_addresses_that_are_no_exporters_are_refused(self):
        for address in ('file:///etc/passwd', 'gopher://127.0.0.1:70', '127.0.0.1:99999', 'a b', 'http://user:pass@127.0.0.1:9100'):
            with self.subTest(address):
                answer = self.as_('zhuguan').post('/api/v1/systems', {'name': 'x', 'address': address, 'criticality': 'core', 'state': 'running'})
                self.refused(answer, 422, '/address')


if __name__ == '__main__':
    run()
