#!/usr/bin/env python3
"""Systems asked through an exporter for many and probed as their users would: what is down, why, and whose fault it is."""
from lib.case import PackCase
from lib.exporter import Figure, Target
from lib.pack import quick_pack
from lib.run import run
from lib.server import QUICK

snmp = Figure(ifOperStatus=1)


class Page(Target):
    """A web page with a status that can change."""
    status = '200 OK'

    def answer(self, connection):
        connection.sendall(f'HTTP/1.1 {self.status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'.encode())


class Targets(PackCase):
    server_settings = {'config': QUICK + f'\n[exporters]\nsnmp = "{snmp.address}"\n'}

    def target(self, instance):
        listed = self.ok(self.as_('zhuguan').get('/api/v1/targets'))['items']
        return next((one for one in listed if one['instance'] == instance), {})

    def add(self, **fields):
        return self.ok(self.as_('zhuguan').post('/api/v1/systems', {'criticality': 'core', 'state': 'running', **fields}), 201)

    def test_a_device_is_asked_through_the_exporter_of_the_configuration(self):
        self.add(name='核心交换机', target_template='snmp', address='10.9.9.1')
        self.eventually(lambda: self.target('10.9.9.1').get('state') == 'up', 20)
        self.assertEqual(f'http://{snmp.address}/snmp?target=10.9.9.1&module=if_mib&auth=public_v2', self.target('10.9.9.1')['url'])

    def test_the_pack_says_which_charts_go_with_a_template(self):
        for template, board in (('node', 'host'), ('snmp', 'snmp')):
            told = self.ok(self.as_('yunwei').get(f'/api/v1/targets/templates/{template}/board'))
            self.assertEqual([board, True], [told['id'], bool(told['charts'])])
        self.refused(self.as_('yunwei').get('/api/v1/targets/templates/fax/board'), 404)

    def test_an_exporter_nobody_configured_is_the_reason(self):
        self.add(name='服务器', target_template='ipmi', address='10.9.9.2')
        self.eventually(lambda: 'ipmi' in (self.target('10.9.9.2').get('last_error') or ''), 20)
        told = self.target('10.9.9.2')
        self.assertEqual('配置中没有导出器“ipmi”：请在 [exporters] 下填写它的 主机:端口', told['reason'])
        self.assertEqual(('服务器', '服务器硬件（IPMI）'), (told['system'], told['template_title']))
        client = self.as_('zhuguan')
        english = client.call('GET', '/api/v1/targets', headers={'Accept-Language': 'en'}).json['items']
        self.assertEqual(told['last_error'], next(one for one in english if one['instance'] == '10.9.9.2')['reason'])

    def test_a_page_that_fails_is_down_with_its_reason_and_comes_back(self):
        page = Page()
        self.addCleanup(page.close)
        line = f'http://{page.address}/login'
        self.add(name='挂号网页', probe=line)
        self.eventually(lambda: self.target(line).get('state') == 'up', 20)
        page.status = '503 Busy'
        self.eventually(lambda: self.target(line)['last_error'] == 'the target answered with HTTP status 503', 20)
        self.assertEqual('监控目标返回 HTTP 状态 503', self.target(line)['reason'])
        page.status = '200 OK'
        self.eventually(lambda: self.target(line)['state'] == 'up', 20)

    def test_what_cannot_be_asked_is_refused_by_its_field(self):
        for fields, pointer in (({'target_template': 'fax'}, '/target_template'), ({'probe': 'ftp://x'}, '/probe'),
                                ({'target_template': 'ipmi', 'address': '10.9.9.2:623'}, '/address')):
            self.refused(self.as_('zhuguan').post('/api/v1/systems', {'name': 'x', **fields}), 422, pointer)


class ProbesThatFail(PackCase):
    """With the pack's own rule for probes, which does not wait for a minute here."""

    @classmethod
    def pack(cls, folder):
        pack = quick_pack(folder)
        probe = pack / 'rules/probe.yaml'
        probe.write_text(probe.read_text().replace('for: 1m', 'for: 2s', 1))
        return pack

    def test_systems_behind_one_gateway_each_get_their_fault_and_nothing_more_when_it_answers(self):
        gateway = Page()
        gateway.status = '503 Busy'
        self.addCleanup(gateway.close)
        line = f'http://{gateway.address}/'
        client = self.as_('zhuguan')
        systems = {self.ok(client.post('/api/v1/systems', {'name': name, 'probe': line, 'criticality': 'core', 'state': 'running'}), 201)['id']
                   for name in ('挂号系统', '收费系统')}

        def faults():
            return [one for one in self.ok(client.get('/api/v1/incidents'))['items'] if one['system'] in systems]
        self.eventually(lambda: {one['system'] for one in faults()} == systems, 40)
        self.assertEqual(2, len(faults()))
        self.assertEqual({'p1'}, {one['priority'] for one in faults()})

        def firing():
            return [one for one in self.ok(client.get('/prometheus/api/v1/alerts'))['data']['alerts']
                    if one['labels']['alertname'] == 'ProbeFailed' and one['state'] == 'firing']
        self.assertEqual({'挂号系统', '收费系统'}, {one['labels']['system'] for one in firing()})
        gateway.status = '200 OK'
        self.eventually(lambda: not firing(), 40)
        self.assertEqual(2, len(faults()), 'an alert that is over opens no other fault')


if __name__ == '__main__':
    run()
