#!/usr/bin/env python3
"""Rules that people keep: checked, saved with a reason, evaluated without a restart, every version kept."""
from lib.case import PackCase
from lib.exporter import Figure
from lib.run import run

OWN = '/api/v1/rules/own'


def rule(name, limit, more='for: 1s'):
    return f'alert: {name}\nexpr: lift_load_percent > {limit}\n{more}\nlabels:\n  severity: critical\n'


class OwnRules(PackCase):
    def make(self, yaml, reason='新增'):
        return self.ok(self.as_('zhuguan').post(OWN, {'yaml': yaml, 'reason': reason}), 201)

    def change(self, verb, known, body, client=None):
        send = (client or self.as_('zhuguan')).call
        method, path = ('PATCH', f'{OWN}/{known["id"]}') if verb == 'change' else ('POST', f'{OWN}/{known["id"]}/{verb}')
        return send(method, path, body, {'If-Match': f'"{known["version"]}"'})

    def evaluated(self, name):
        found = self.ok(self.as_('zhuguan').get('/api/v1/rules'))['items']
        return [one for one in found if one['name'] == name]

    def alerts(self, name, state):
        found = self.ok(self.as_('zhuguan').get('/api/v1/alerts', state=state, limit=200))['items']
        return [one for one in found if one['name'] == name]

    def test_a_saved_rule_fires_and_one_switched_off_resolves_without_a_restart(self):
        lift = Figure(lift_load_percent=95)
        self.addCleanup(lift.close)
        self.ok(self.as_('zhuguan').post('/api/v1/systems', {'name': '电梯', 'address': lift.address, 'criticality': 'core', 'state': 'running'}))
        made = self.make(rule('LiftOverloaded', 90))
        self.eventually(lambda: self.alerts('LiftOverloaded', 'firing'), 60)
        self.assertEqual(['own'], [one['group'] for one in self.evaluated('LiftOverloaded')])
        # Another threshold: the same alert goes on, told once.
        changed = self.ok(self.change('change', made, {'yaml': rule('LiftOverloaded', 80), 'reason': '提前告警'}))
        self.eventually(lambda: '> 80' in self.evaluated('LiftOverloaded')[0]['expr'], 20)
        self.assertEqual(1, len(self.alerts('LiftOverloaded', 'firing')))
        off = self.ok(self.change('disable', changed, {'reason': '电梯检修'}))
        self.assertFalse(off['active'])
        self.eventually(lambda: self.alerts('LiftOverloaded', 'resolved'), 20)
        self.assertEqual([], self.evaluated('LiftOverloaded'))
        on = self.ok(self.change('enable', off, {'reason': '检修完毕'}))
        self.eventually(lambda: self.alerts('LiftOverloaded', 'firing'), 60)
        self.server.restart()
        self.eventually(lambda: self.evaluated('LiftOverloaded'), 20)
        self.assertEqual(1, len(self.alerts('LiftOverloaded', 'firing')), 'a restart tells nothing twice')
        versions = self.ok(self.as_('yunwei').get(f'{OWN}/{on["id"]}/versions'))['items']
        self.assertEqual([(4, True, '检修完毕'), (3, False, '电梯检修'), (2, True, '提前告警'), (1, True, '新增')],
                         [(one['version'], one['active'], one['reason']) for one in versions])
        self.assertEqual({'王建国'}, {one['author_name'] for one in versions})
        self.assertIn('> 90', versions[-1]['yaml'])

    def test_a_mistake_is_told_with_its_key_and_place(self):
        chief = self.as_('zhuguan')
        for yaml, pointer in (('alert: A\nexpr: up ==\n', '/yaml/expr:1:6'), ('alert: A\n', '/yaml'),
                              ('alert: A\nexpr: up\nfor: soon\n', '/yaml/for'), ('alert: [', '/yaml/1:1'),
                              ('alert: A\nexpr: up\nannotations: {summary: "{{ $x }}"}\n', '/yaml/annotations/summary'),
                              ('alert: A\nexpr: up\n#\x01', '/yaml'), ('x' * 20_001, '/yaml')):
            with self.subTest(yaml[:40]):
                self.refused(chief.post(OWN, {'yaml': yaml, 'reason': 'x'}), 422, pointer)
                if len(yaml) < 20_000:
                    told = self.ok(chief.post(OWN + '/check', {'yaml': yaml}))
                    self.assertIn(pointer, [one['pointer'] for one in told['problems']])
                    self.assertIsNone(told['rule'])
        told = self.ok(self.as_('yunwei').post(OWN + '/check', {'yaml': rule('Fine', 3)}))
        self.assertEqual(([], '1s', {'severity': 'critical'}), (told['problems'], told['rule']['for'], told['rule']['labels']))
        self.assertEqual([], [one for one in self.ok(chief.get(OWN))['items'] if one['name'] in ('A', 'Fine')])
        self.refused(chief.post(OWN, {'yaml': rule('Fine', 3)}), 422, '/reason')

    def test_a_name_stands_for_one_rule_only(self):
        self.make(rule('Twice', 1))
        other = self.make(rule('Once', 1))
        self.refused(self.as_('zhuguan').post(OWN, {'yaml': rule('Twice', 2), 'reason': 'x'}), 409, '/yaml/alert')
        self.refused(self.change('change', other, {'yaml': rule('Twice', 2), 'reason': 'x'}), 409, '/yaml/alert')
        self.refused(self.as_('zhuguan').post(OWN, {'yaml': rule('RoomTooWarm', 2), 'reason': 'x'}), 409, '/yaml/alert')

    def test_who_saw_an_older_version_changes_nothing(self):
        first = self.make(rule('Stale', 1))
        second = self.ok(self.change('change', first, {'yaml': rule('Stale', 2), 'reason': '一'}))
        self.refused(self.change('change', first, {'yaml': rule('Stale', 3), 'reason': '二'}), 412)
        self.refused(self.change('disable', first, {'reason': '二'}), 412)
        self.refused(self.as_('zhuguan').patch(f'{OWN}/{first["id"]}', {'yaml': rule('Stale', 3), 'reason': '二'}), 412)
        self.refused(self.change('change', second, {'yaml': rule('Stale', 2), 'reason': '二'}), 409, '/yaml')
        self.refused(self.change('enable', second, {'reason': '二'}), 409)
        answer = self.as_('yunwei').get(f'{OWN}/{first["id"]}')
        self.assertEqual(('"2"', 2), (answer.headers['etag'], self.ok(answer)['version']))
        self.refused(self.as_('yunwei').get(f'{OWN}/none'), 404)
        self.refused(self.as_('yunwei').get(f'{OWN}/none/versions'), 404)
        self.refused(self.change('change', {'id': 'none', 'version': 1}, {'yaml': rule('Stale', 3), 'reason': '二'}), 404)

    def test_operators_read_supervisors_write_and_the_ledger_tells(self):
        made = self.make(rule('Guarded', 1), '按规程 4.3.2')
        for account in ('yunwei', 'shebei', 'jicha'):
            client = self.as_(account)
            self.assertIn('Guarded', [one['name'] for one in self.ok(client.get(OWN))['items']])
            self.refused(client.post(OWN, {'yaml': rule('Mine', 1), 'reason': 'x'}), 403)
            self.refused(self.change('change', made, {'yaml': rule('Guarded', 2), 'reason': 'x'}, client), 403)
            self.refused(self.change('disable', made, {'reason': 'x'}, client), 403)
        self.refused(self.as_('yewu').get(OWN), 403)
        self.ok(self.change('disable', made, {'reason': '停用'}))
        entries = [one for one in self.ok(self.as_('jicha').get('/api/v1/ledger', limit=200))['items']
                   if one['subject'] == f'rule/{made["id"]}']
        self.assertEqual(['rule.create', 'rule.disable'], sorted(one['action'] for one in entries))

    def test_a_recorded_figure_is_kept_and_gone_when_switched_off(self):
        made = self.make('record: own:up:count\nexpr: count(up) or vector(0)\n')
        self.assertTrue(made['recording'])
        ask = lambda: self.ok(self.as_('zhuguan').get('/prometheus/api/v1/query', query='own:up:count'))['data']['result']
        self.eventually(ask, 30)
        self.ok(self.change('disable', made, {'reason': '不用了'}))
        self.eventually(lambda: not ask(), 20)


if __name__ == '__main__':
    run()
