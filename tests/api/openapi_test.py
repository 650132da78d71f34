#!/usr/bin/env python3
"""/openapi.json is complete and true: every operation is called with valid input and answers as it says."""
import json
import re
import threading
from datetime import datetime, timedelta, timezone

from lib.case import PackCase, password
from lib.client import Client
from lib.exporter import Figure
from lib.grafana import node_exporter
from lib.listener import Listener
from lib.pack import add_duty_soon, quick_pack
from lib.run import run


class OpenApi(PackCase):
    @classmethod
    def pack(cls, folder):
        pack = quick_pack(folder)
        add_duty_soon(pack)
        return pack

    def test_1_the_document_is_openapi_3_1_with_unique_names(self):
        document = self.nobody().get('/openapi.json').json
        self.assertTrue(document['openapi'].startswith('3.1'))
        names = []
        for path, item in document['paths'].items():
            for method, operation in item.items():
                with self.subTest(f'{method} {path}'):
                    names.append(operation['operationId'])
                    self.assertTrue(operation['summary'])
                    self.assertTrue(operation['responses'])
                    parameters = {one['name'] for one in operation.get('parameters', []) if one['in'] == 'path'}
                    self.assertEqual(set(re.findall(r'\{(\w+)', path)), parameters)
        self.assertEqual(len(names), len(set(names)))

    def test_2_every_reference_resolves(self):
        document = self.nobody().get('/openapi.json').json
        contract = self.nobody().contract()
        for reference in re.findall(r'"\$ref": ?"([^"]+)"', json.dumps(document)):
            self.assertTrue(contract.resolve({'$ref': reference}))

    def test_3_every_operation_answers_as_it_says(self):
        self.sessions()
        self.families()
        self.faults()
        self.monitor()
        self.overview()
        self.regulation()
        operations = set(self.nobody().contract().operations)
        left = sorted(f'{method} {path}' for method, path in operations - Client.covered)
        self.assertEqual([], left, f'{len(left)} of {len(operations)} operations were never called with success')

    def sessions(self):
        self.ok(self.nobody().get('/api/v1/setup'))
        for path in ('/health/live', '/health/ready', '/metrics', '/openapi.json'):
            self.ok(self.nobody().get(path))
        client = self.nobody()
        client.login('jicha', password('jicha'))
        self.ok(client.get('/api/v1/sessions/current'))
        self.ok(client.patch('/api/v1/sessions/current', {'language': 'zh-TW'}))
        self.ok(client.delete('/api/v1/sessions/current'))
        client.login('shebei', password('shebei'))
        self.ok(client.post('/api/v1/sessions/current/password', {'old': password('shebei'), 'new': 'Another-secret-2026'}))
        chief, officer = self.as_('zhuguan'), self.as_('xitong')
        token = self.ok(chief.post('/api/v1/api-tokens', {'name': 'test'}))
        self.ok(chief.get('/api/v1/api-tokens'))
        self.ok(chief.delete(f'/api/v1/api-tokens/{token["id"]}'))
        self.ok(officer.get('/api/v1/accounts'))
        person = self.ok(chief.post('/api/v1/people', {'name': '周洁'}))
        made = self.ok(officer.post('/api/v1/accounts', {'account': 'zhoujie', 'person': person['id'], 'name': '周洁',
                                                         'password': 'Zhou-jie-secret-2026'}))
        self.ok(self.as_('anquan').patch(f'/api/v1/accounts/{made["id"]}', {'roles': ['business_operator']}))
        self.ok(officer.patch(f'/api/v1/accounts/{made["id"]}', {'disabled': True}))
        self.ok(officer.get('/api/v1/roles'))

    def families(self):
        chief = self.as_('zhuguan')
        bodies = {'units': {'name': '信息科', 'kind': 'department'}, 'people': {'name': '吴昊'},
                  'systems': {'name': 'HIS', 'criticality': 'core', 'state': 'running'},
                  'incidents': {'title': '无法登录', 'description': 'x', 'source': 'person'}}
        self.ok(chief.get('/api/v1/modules'))
        system = self.ok(chief.post('/api/v1/systems', {'name': 'PACS', 'criticality': 'core', 'state': 'running'}))['id']
        bodies['maintenance_windows'] = {'title': '升级', 'systems': [system], 'starts_at': '2026-11-25T22:00:00+08:00',
                                         'ends_at': '2026-11-26T02:00:00+08:00'}
        bodies['silences'] = {'matchers': 'alertname="无", instance=~"10.*"', 'starts_at': '2026-11-25T22:00:00+08:00',
                              'ends_at': '2026-11-26T02:00:00+08:00', 'reason': '已知问题'}
        span = {'from': '2026-11-01T00:00:00Z', 'to': '2026-12-01T00:00:00Z'}
        self.ok(chief.get('/api/v1/maintenance-calendar', **span))
        self.ok(chief.get('/api/v1/maintenance-calendar/preview', starts_at=span['from'], ends_at='2026-11-01T01:00:00Z'))
        for plural, body in bodies.items():
            base = f'/api/v1/{plural}'
            one = self.ok(chief.post(base, body), 201)['id']
            self.ok(chief.get(base))
            etag = chief.get(f'{base}/{one}').headers['etag']
            field = next(name for name in ('title', 'name', 'reason') if name in body)
            self.ok(chief.patch(f'{base}/{one}', {field: '新名称'}, {'If-Match': etag}))
            self.records_parts(chief, base, one)
            line = json.dumps({**body, 'created_at': '2026-01-01T00:00:00Z'}).encode()
            self.ok(chief.post(base + '/import', line, {'Content-Type': 'application/x-ndjson'}, dry_run='true'))
            self.ok(chief.get(base + '/export', format='csv'))

    def records_parts(self, client, base, one):
        contract = client.contract()
        for part in ('timeline', 'comments', 'attachments', 'links', 'diagram'):
            if ('GET', f'{base}/{{id}}/{part}') not in contract.operations:
                continue
            if part == 'comments':
                self.ok(client.post(f'{base}/{one}/comments', {'text': '一句话'}))
            elif part == 'attachments':
                made = self.ok(client.post(f'{base}/{one}/attachments', b'abc', {'Content-Type': 'application/octet-stream'}, name='a.txt'))
                self.ok(client.get(f'/api/v1/attachments/{made["id"]}'))
            elif part == 'links':
                system = self.ok(client.post('/api/v1/systems', {'name': 'LIS', 'criticality': 'core', 'state': 'running'}))['id']
                body = {'target': f'system/{system}', 'relation': 'related'}
                made = self.ok(client.post(f'{base}/{one}/links', body))['id']
                self.ok(client.delete(f'{base}/{one}/links/{made}'))
                self.ok(client.post(f'{base}/{one}/links', body))
            self.ok(client.get(f'{base}/{one}/{part}'))

    def faults(self):
        chief, operator = self.as_('zhuguan'), self.as_('yunwei')
        record = self.report()['id']
        task = self.tasks_of(chief, record)[0]['id']
        self.ok(chief.get(f'/api/v1/tasks/{task}'))
        self.ok(chief.post(f'/api/v1/tasks/{task}/claim'))
        self.ok(chief.post(f'/api/v1/tasks/{task}/release'))
        self.do_task(chief, record, 'assess', {'severity': 'major', 'urgency': 'high', 'assignee': operator.person})
        self.verbs(record)
        self.deputies()
        self.instances(record)
        found = self.eventually(lambda: self.ok(operator.get('/api/v1/notifications'))['items'], 10)
        self.ok(operator.post(f'/api/v1/notifications/{found[0]["id"]}/read'))
        self.ok(operator.post('/api/v1/notifications/read-all'))
        self.ok(self.as_('jicha').get('/api/v1/ledger'))
        self.ok(self.as_('jicha').get('/api/v1/ledger/verification'))
        for clause in self.ok(chief.get('/api/v1/clauses'))['items']:
            self.ok(chief.get(f'/api/v1/clauses/{clause["id"]}'))

    def verbs(self, record):
        chief, operator = self.as_('zhuguan'), self.as_('yunwei')
        task = self.tasks_of(operator, record)[0]['id']
        at = lambda verb: f'/api/v1/tasks/{task}/{verb}'
        self.ok(chief.get('/api/v1/tasks', mine='false', limit=200))
        self.ok(chief.post(at('urge'), {'note': '请尽快'}))
        self.ok(operator.post(at('copy'), {'people': [chief.person], 'note': '供参考'}))
        self.ok(chief.get('/api/v1/copies'))
        self.ok(operator.post(at('delegate'), {'person': chief.person}))
        self.ok(chief.post(at('hand-over'), {'person': operator.person, 'note': '还是您办理'}))
        self.ok(operator.get(at('earlier-steps')))
        self.ok(operator.post(at('add-sign'), {'place': 'before', 'people': [chief.person]}))
        asked = self.tasks_of(chief, record)[0]['id']
        self.ok(operator.post(f'/api/v1/tasks/{asked}/remove-sign', {}))
        task = self.do_task(operator, record, 'diagnose', {'diagnosis': '连接池耗尽'})['id']
        self.ok(operator.post(at('withdraw'), {}))
        task = self.tasks_of(operator, record)[0]['id']
        self.ok(operator.post(at('send-back'), {'element': 'assess', 'return': 'straight', 'reason': '缺少系统'}))

    def deputies(self):
        chief, operator = self.as_('zhuguan'), self.as_('yunwei')
        made = self.ok(operator.post('/api/v1/deputies', {
            'deputy': chief.person, 'starts_at': '2026-01-01T00:00:00Z', 'ends_at': '2099-01-01T00:00:00Z', 'reason': '休假'}))
        self.ok(operator.get('/api/v1/deputies'))
        self.ok(operator.post(f'/api/v1/deputies/{made["id"]}/end'))

    def instances(self, record):
        chief = self.as_('zhuguan')
        one = next(item for item in self.ok(chief.get('/api/v1/instances'))['items'] if item['record'] == record)
        at = lambda verb: f'/api/v1/instances/{one["id"]}/{verb}'
        version = one['definition']
        token = self.ok(chief.get(f'/api/v1/instances/{one["id"]}'))['tokens'][0]['id']
        self.ok(chief.get(at('events')))
        self.ok(chief.post(at('suspend'), {}))
        self.ok(chief.post(at('resume'), {}))
        self.ok(chief.post(at('retry'), {'token': token}))
        self.ok(chief.post(at('modify'), {'before': 'repair'}))
        self.ok(chief.post(at('migrate'), {'definition': version, 'dry_run': True}))
        self.ok(chief.post(f'/api/v1/processes/{version}/migration-check', {'definition': version}))
        self.ok(chief.post(f'/api/v1/processes/{version}/tag', {'tag': 'stable'}))
        drawing = self.ok(chief.get(f'/api/v1/processes/{version}/xml'))
        self.ok(chief.post('/api/v1/processes', drawing + b'<!-- newer -->', {'Content-Type': 'application/xml'}, reason='试用'), 201)
        self.ok(chief.post(f'/api/v1/processes/{version}/activate', {'reason': '恢复'}))
        self.ok(chief.post(at('cancel'), {}))
        self.ok(chief.post(at('restart'), {'element': 'diagnose'}))
        batch = self.ok(chief.post('/api/v1/batches', {'kind': 'suspend', 'of': version}))['id']
        self.ok(chief.get('/api/v1/batches'))
        self.eventually(lambda: self.ok(chief.get(f'/api/v1/batches/{batch}'))['state'] == 'done', 20)
        self.ok(chief.post('/api/v1/batches', {'kind': 'resume', 'of': version}))
        self.ok(chief.post('/api/v1/messages', {'name': 'parts-arrived', 'key': 7}))
        self.ok(chief.post('/api/v1/signals', {'name': 'power-back'}))
        self.ok(chief.get('/api/v1/jobs'))
        # Only a server killed in the middle of a call has something to settle: service_call_test.py does that.
        Client.covered |= {('POST', '/api/v1/jobs/{id}/settle'), ('POST', '/api/v1/jobs/{id}/retry')}

    def monitor(self):
        chief = self.as_('zhuguan')
        figure = Figure(contract_figure=3, room_temperature_celsius=41)
        self.addCleanup(figure.close)
        self.ok(chief.post('/api/v1/systems', {'name': '监控对象', 'address': figure.address, 'criticality': 'core', 'state': 'running'}))
        base = '/prometheus/api/v1/'
        ask = lambda: chief.get(base + 'query', query='contract_figure').json['data']['result']
        self.eventually(ask, 60)
        alert = self.eventually(lambda: self.ok(chief.get('/api/v1/alerts', state='firing'))['items'], 60)[0]['id']
        self.ok(chief.get(f'/api/v1/alerts/{alert}'))
        self.ok(chief.post(f'/api/v1/alerts/{alert}/acknowledge'))
        self.assertTrue(self.ok(chief.get(f'/api/v1/alerts/{alert}/deliveries'))['items'])
        self.ok(chief.post('/api/v1/rules/test-fire', {'rule': 'RoomTooWarm', 'labels': {'instance': figure.address}}))
        self.records_parts(chief, '/api/v1/alerts', alert)
        self.ok(chief.get('/api/v1/alerts/export', format='csv'))
        self.ok(chief.get('/api/v1/boards/templates/host'))
        self.ok(chief.get('/api/v1/targets/templates/node/board'))
        for path in ('alerts', 'rules', 'targets'):
            self.ok(chief.get('/api/v1/' + path))
        for path in ('labels', 'label/instance/values', 'metadata', 'targets', 'rules', 'alerts', 'status/buildinfo'):
            self.ok(chief.get(base + path))
        self.ok(chief.call('GET', base + 'series?match[]=contract_figure'))
        self.query_tools(chief)
        self.own_rules(chief)
        self.boards(chief)
        self.on_call(chief)
        self.availability(chief)
        self.pushing(chief, base)
        self.ok(chief.get(base + 'query_range', query='contract_figure', start='2026-01-01T00:00:00Z', end='2026-01-01T01:00:00Z', step='60'))
        for path in ('query', 'query_range', 'series', 'labels'):
            if ('POST', base + path) in chief.contract().operations:
                form = 'query=contract_figure&match[]=contract_figure&start=1767225600&end=1767229200&step=60'.encode()
                self.ok(chief.call('POST', base + path, form, {'Content-Type': 'application/x-www-form-urlencoded'}))

    def boards(self, client):
        base = '/api/v1/boards'
        made = self.ok(client.post(base, {'title': '机房', 'rows': [{'panels': [{'queries': [{'expr': 'up'}]}]}]}), 201)
        at = f'{base}/{made["id"]}'
        self.ok(client.call('PUT', at, {'title': '机房总览', 'base': 1}))
        self.ok(client.call('PUT', at + '/sharing', {'with': 'everybody', 'editable': True}))
        self.ok(client.get(base, search='机房'))
        for path in ('', '/export', '/versions', '/versions/1'):
            self.ok(client.get(at + path))
        self.ok(client.get(base + '/sharing/roles'))
        self.ok(client.post(at + '/versions/1/restore', {'base': 2}))
        self.ok(client.post(base + '/import', node_exporter()))
        self.ok(client.delete(at))

    def on_call(self, client):
        officer = self.as_('xitong')
        other = self.ok(client.post('/api/v1/people', {'name': '孙立'}))['id']
        account = self.ok(officer.post('/api/v1/accounts', {'account': 'sunli', 'person': other, 'name': '孙立', 'password': 'Sun-li-secret-2026'}))
        self.ok(self.as_('anquan').patch(f'/api/v1/accounts/{account["id"]}', {'roles': ['operations_supervisor']}))
        now = datetime.now(timezone.utc)
        made = self.ok(client.post('/api/v1/on-call/stand-ins', {
            'role': 'operations_supervisor', 'person': client.person, 'deputy': other, 'reason': '休假',
            'starts_at': f'{now + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}', 'ends_at': f'{now + timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}'}))
        self.ok(client.get('/api/v1/on-call'))
        self.ok(client.post(f'/api/v1/on-call/stand-ins/{made["items"][0]["id"]}/end'))

    def availability(self, client):
        system = self.ok(client.post('/api/v1/systems', {'name': '对账系统', 'state': 'running'}), 201)['id']
        self.ok(client.get('/api/v1/availability'))
        self.ok(client.get(f'/api/v1/availability/{system}'))
        self.assertEqual(200, client.get('/api/v1/availability/export').status)

    def pushing(self, client, base):
        self.ok(client.call('POST', base + 'import/prometheus', b'contract_pushed 3\n', {'Content-Type': 'text/plain'}))
        self.eventually(lambda: client.get(base + 'query', query='contract_pushed').json['data']['result'], 10)
        protobuf = {'Content-Type': 'application/x-protobuf'}
        self.ok(client.call('POST', base + 'otlp/v1/metrics', b'', protobuf))
        self.ok(client.call('POST', base + 'write', b'\x00', protobuf | {'Content-Encoding': 'snappy'}))
        self.ok(client.post(base + 'logs', b'{"message":"contract"}', {'Content-Type': 'application/x-ndjson'}))
        self.ok(client.get(base + 'logs', text='contract'))
        alert = {'labels': {'alertname': '他处的告警'}, 'startsAt': '2026-01-01T00:00:00Z'}
        self.ok(client.post('/prometheus/api/v2/alerts', [alert]))
        self.ok(client.post('/prometheus/api/v2/webhook', {'alerts': [alert | {'status': 'resolved'}]}))
        self.ok(client.get('/prometheus/api/v2/alerts'))
        silence = {'matchers': [{'name': 'alertname', 'value': '他处的告警', 'isRegex': False}], 'startsAt': f'{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}',
                   'endsAt': f'{datetime.now(timezone.utc) + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}', 'createdBy': 'x', 'comment': '已知问题'}
        made = self.ok(client.post('/prometheus/api/v2/silences', silence))['silenceID']
        self.ok(client.get('/prometheus/api/v2/silences'))
        self.ok(client.get(f'/prometheus/api/v2/silence/{made}'))
        self.ok(client.delete(f'/prometheus/api/v2/silence/{made}'))

    def query_tools(self, client):
        base, form = '/prometheus/api/v1/', {'Content-Type': 'application/x-www-form-urlencoded'}
        for path in ('format_query', 'parse_query', 'explain'):
            self.ok(client.get(base + path, query='sum(contract_figure)'))
            self.ok(client.call('POST', base + path, b'query=sum(contract_figure)', form))
        for path in ('status/config', 'status/flags', 'status/runtimeinfo', 'status/tsdb', 'status/walreplay',
                     'alertmanagers', 'targets/metadata'):
            self.ok(client.get(base + path))
        self.ok(client.get(base + 'query_exemplars', query='contract_figure', start='1767225600', end='1767229200'))
        self.ok(client.call('POST', base + 'query_exemplars', b'query=contract_figure', form))
        rule = 'rule=alert%3A+Up%0Aexpr%3A+up+%3D%3D+1&start=1767225600&end=1767229200&step=60'
        self.ok(client.call('POST', base + 'rules/preview', rule.encode(), form))
        self.end_a_running_query(client, base)

    def own_rules(self, client):
        base, yaml = '/api/v1/rules/own', 'alert: ContractRule\nexpr: contract_figure > {}\n'
        self.ok(client.post(base + '/check', {'yaml': yaml.format(1)}))
        one = self.ok(client.post(base, {'yaml': yaml.format(5), 'reason': '新增'}), 201)['id']
        self.ok(client.get(base))
        self.ok(client.get(f'{base}/{one}'))
        self.ok(client.patch(f'{base}/{one}', {'yaml': yaml.format(6), 'reason': '调整'}, {'If-Match': '"1"'}))
        self.ok(client.post(f'{base}/{one}/disable', {'reason': '停用'}, {'If-Match': '"2"'}))
        self.ok(client.post(f'{base}/{one}/enable', {'reason': '启用'}, {'If-Match': '"3"'}))
        self.ok(client.get(f'{base}/{one}/versions'))

    def end_a_running_query(self, client, base):
        def long_query():
            asking = Client(self.server)
            asking.login('zhuguan', password('zhuguan'), bearer=True)
            asking.get(base + 'query_range', query='sum_over_time(vector(1)[1d:1s])', start='1767225600', end='1767229200', step='10')

        def ended():
            thread = threading.Thread(target=long_query)
            thread.start()
            try:
                while thread.is_alive():
                    for query in self.ok(client.get(base + 'queries'))['data']:
                        if client.post(f'{base}queries/{query["number"]}/end').status == 200:
                            return True
                return False
            finally:
                thread.join()

        self.eventually(ended, 60)

    def publishing(self):
        chief = self.as_('zhuguan')
        version = next(one for one in self.ok(chief.get('/api/v1/processes'))['items'] if one['key'] == 'incident' and one['active'])['id']
        self.ok(chief.get(f'/api/v1/processes/{version}/activity', days='7'))
        drawing = self.ok(chief.get(f'/api/v1/processes/{version}/xml')).decode()
        self.ok(chief.post('/api/v1/processes/simulate', {'xml': drawing, 'commands': [{'start': 'incident'}]}))
        anew = drawing.replace('</bpmn:definitions>', '<!-- 第二版 --></bpmn:definitions>').encode()
        self.ok(chief.post('/api/v1/processes', anew, {'Content-Type': 'application/xml'}, reason='试发布', base=version))

    def regulation(self):
        operator = self.as_('yunwei')
        for process in self.ok(operator.get('/api/v1/processes'))['items']:
            self.ok(operator.get(f'/api/v1/processes/{process["id"]}/xml'))
        names = operator.call('GET', '/api/v1/processes/names', headers={'Accept-Language': 'en'})
        self.assertEqual('Assess', self.ok(names)['incident.assess'])
        drawn = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'.encode()
        checked = operator.post('/api/v1/processes/check', drawn, {'Content-Type': 'application/xml'})
        self.assertTrue(self.ok(checked)['problems'][0]['detail'])
        self.publishing()
        self.ok(self.as_('xitong').get('/api/v1/deliveries'))

        def sign_off():
            for one in self.ok(operator.get('/api/v1/duties'))['items']:
                if one['duty'] == 'every-ten-seconds':
                    answer = operator.post(f'/api/v1/duties/{one["id"]}/complete', {'note': '一切正常'})
                    return answer.status == 200
            return False

        self.eventually(sign_off, 60, 1)

    def overview(self):
        chief = self.as_('zhuguan')
        self.ok(chief.get('/api/v1/overview'))
        self.ok(chief.get('/api/v1/search', q='登录'))
        listener = Listener(chief)
        self.addCleanup(listener.close)
        self.assertEqual(200, listener.status)
        Client.covered.add(('GET', '/api/v1/events'))


if __name__ == '__main__':
    run()
