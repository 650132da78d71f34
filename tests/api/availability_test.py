#!/usr/bin/env python3
"""Availability: what a month says of each system, from probes, from faults, and against what is promised."""
import csv
import io
from datetime import datetime, timedelta, timezone

from pathlib import Path

from lib.case import PackCase, ProductCase
from lib.pack import quick_pack
from lib.run import run

AVAILABILITY = '/api/v1/availability'


def at(hours):
    return f'{datetime.now(timezone.utc) + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}'


class Availability(ProductCase):
    def add(self, name, **more):
        body = {'name': name, 'criticality': 'core', 'state': 'running', **more}
        return self.ok(self.as_('zhuguan').post('/api/v1/systems', body), 201)['id']

    def month(self, **parameters):
        answer = self.ok(self.as_('yunwei').get(AVAILABILITY, **parameters))
        return answer, {one['system']: one for one in answer['items']}

    def of(self, system, **parameters):
        return self.ok(self.as_('yunwei').get(f'{AVAILABILITY}/{system}', **parameters))

    def test_a_probe_that_fails_is_downtime_of_its_system(self):
        closed = self.add('挂号系统', probe='tcp://127.0.0.1:1')
        found = self.eventually(lambda: self.month()[1][closed]['source'] == 'probe' and self.month()[1][closed], 60)
        self.assertEqual(0, found['availability'])
        self.assertGreater(found['downtime_ms'], 0)
        self.assertEqual(('core', 'always', 99.9), (found['criticality'], found['calendar'], found['objective']))
        one = self.of(closed)
        self.assertEqual(['probe'], [outage['source'] for outage in one['outage_list']])
        self.assertIsNone(one['outage_list'][0]['to'], 'it is still out')

    def test_a_fault_that_people_report_as_critical_is_downtime(self):
        system = self.add('收费系统')
        record = self.ok(self.as_('yewu').post('/api/v1/incidents', {'title': '无法收费', 'system': system, 'severity': 'critical',
                                                                     'urgency': 'high', 'started_at': at(-1)}), 201)
        one = self.of(system)
        self.assertEqual('incidents', one['source'])
        self.assertAlmostEqual(3_600_000, one['downtime_ms'], delta=120_000)
        self.assertEqual((record['id'], record['number']), (one['outage_list'][0]['incident']['id'], one['outage_list'][0]['incident']['number']))
        self.assertEqual(12, len(one['months']))
        self.assertEqual(one['month'], one['months'][-1]['month'])
        self.assertIs(False, one['met'])
        worst_first = self.month()[0]['items']
        used = [item['budget_used'] for item in worst_first if item['availability'] is not None]
        self.assertEqual(sorted(used, reverse=True), used)

    def test_planned_maintenance_is_no_downtime(self):
        system = self.add('影像系统')
        self.ok(self.as_('zhuguan').post('/api/v1/maintenance_windows', {
            'title': '升级', 'systems': [system], 'starts_at': at(-3), 'ends_at': at(-2)}), 201)
        self.ok(self.as_('yewu').post('/api/v1/incidents', {'title': '无法调阅', 'system': system, 'severity': 'critical',
                                                            'urgency': 'high', 'started_at': at(-4)}), 201)
        one = self.of(system)
        self.assertEqual(3_600_000, one['maintenance_ms'])
        self.assertAlmostEqual(3 * 3_600_000, one['downtime_ms'], delta=120_000)
        self.assertEqual(2, one['outages'])

    def found_by(self, clause):
        """What the controls of a clause find now, by the name of the system."""
        controls = self.ok(self.as_('zhuguan').get(f'/api/v1/clauses/{clause}'))['controls']
        return {violation['title'] for control in controls for violation in control['evidence']}, controls

    def test_a_running_system_that_nothing_measures_is_found_by_the_clauses(self):
        self.add('无监控系统')
        self.add('有探测系统', probe='tcp://127.0.0.1:1')
        self.add('规划中系统', state='planned')
        for clause in ('1.1', '1.3.4'):
            titles = self.eventually(lambda clause=clause: '无监控系统' in self.found_by(clause)[0]
                                     and '有探测系统' not in self.found_by(clause)[0] and self.found_by(clause)[0], 90)
            self.assertNotIn('规划中系统', titles)

    def test_a_month_is_named_and_not_in_the_future(self):
        past = self.month(month='2026-02')[0]
        self.assertEqual(('2026-01-31T16:00:00.000Z', '2026-02-28T16:00:00.000Z', False), (past['from'], past['to'], past['running']))
        client = self.as_('yunwei')
        for wrong in ('2026-13', 'now', '2999-01', ''):
            self.refused(client.get(AVAILABILITY, month=wrong), 400)
            self.refused(client.get(f'{AVAILABILITY}/export', month=wrong), 400)
        self.refused(client.get(f'{AVAILABILITY}/nowhere'), 404)
        self.refused(client.get(f'{AVAILABILITY}/{self.add("查询系统")}', month='2026-13'), 400)

    def test_it_is_exported_for_the_report(self):
        system = self.add('=报表系统')
        answer = self.as_('yunwei').get(f'{AVAILABILITY}/export')
        self.assertEqual(200, answer.status)
        rows = list(csv.DictReader(io.StringIO(answer.body.decode('utf-8-sig'))))
        number = self.of(system)['number']
        row = next(one for one in rows if one['number'] == number)
        self.assertEqual(('core', '99.9', '0.0', "'=报表系统"), (row['criticality'], row['objective_percent'], row['downtime_minutes'], row['name']))

    def test_only_who_may_see_the_monitoring_sees_it(self):
        for path in ('', '/export', f'/{self.add("权限系统")}'):
            self.refused(self.as_('yewu').get(AVAILABILITY + path), 403)


class AvailabilityForOneUnit(PackCase):
    """Equipment operators read the faults of their unit only."""

    @classmethod
    def pack(cls, folder):
        pack = quick_pack(folder)
        roles = Path(pack) / 'roles.yaml'
        before, after = roles.read_text().split('- id: equipment_operator')
        roles.write_text(before + '- id: equipment_operator' + after.replace('incident.read:all', 'incident.read:unit', 1))
        return pack

    def test_who_may_not_read_every_fault_is_told_of_the_outage_only(self):
        system = self.ok(self.as_('zhuguan').post('/api/v1/systems', {'name': '收费系统', 'criticality': 'core', 'state': 'running'}), 201)['id']
        self.ok(self.as_('yewu').post('/api/v1/incidents', {'title': '无法收费', 'system': system, 'severity': 'critical',
                                                            'urgency': 'high', 'started_at': at(-1)}), 201)
        seen = [self.ok(self.as_(who).get(f'{AVAILABILITY}/{system}'))['outage_list'][0] for who in ('yunwei', 'shebei')]
        self.assertEqual('无法收费', seen[0]['incident']['title'])
        self.assertIsNone(seen[1]['incident'])
        self.assertEqual(seen[0]['from'], seen[1]['from'])


if __name__ == '__main__':
    run()
