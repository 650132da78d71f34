#!/usr/bin/env python3
"""A fault from its report to its summary over HTTP, sent back once, with clocks, diagram, timeline and ledger."""
from lib.case import PackCase
from lib.run import run

STEPS = ('assess', 'diagnose', 'repair', 'test', 'confirm', 'summarise', 'review')
SUMMARY = {'cause': '连接未释放', 'handling': '修复代码并重启', 'result': '恢复正常', 'improvement': '增加连接池监控'}


class IncidentLife(PackCase):
    def life(self, record, until='closed', send_back=False):
        chief, operator, reporter = self.as_('zhuguan'), self.as_('yunwei'), self.as_('yewu')
        self.do_task(chief, record, 'assess', {'severity': 'major', 'urgency': 'high', 'assignee': operator.person})
        for again in (True, False) if send_back else (False,):
            self.do_task(operator, record, 'diagnose', {'diagnosis': '连接池耗尽'})
            self.do_task(operator, record, 'repair', {'solution': '扩大连接池并重启应用'})
            self.do_task(operator, record, 'test', {'test_result': 'passed'})
            self.do_task(reporter, record, 'confirm', {'confirmed': not again})
        if until == 'closed':
            self.do_task(operator, record, 'summarise', SUMMARY)
            self.do_task(chief, record, 'review', {}, 'approve')
            self.do_task(reporter, record, 'review', {}, 'approve')

    def read(self, record, client=None):
        return self.ok((client or self.as_('zhuguan')).get(f'/api/v1/incidents/{record}'))

    def test_a_report_gets_a_number_a_state_and_a_first_task(self):
        made = self.report()
        self.assertTrue(made['number'])
        record = self.read(made['id'])
        self.assertEqual('reported', record['state'])
        self.assertEqual(self.as_('yewu').person, record['reporter'])
        self.assertIn(record['reporter'], record['labels'])
        self.assertEqual(['assess'], [task['element'] for task in record['tasks']])

    def test_the_whole_life(self):
        record = self.report()['id']
        self.life(record)
        closed = self.read(record)
        self.assertEqual('closed', closed['state'])
        self.assertEqual('p1', closed['priority'])
        self.assertTrue(closed['closed_at'])
        self.assertEqual([], closed['tasks'])
        for field in ('diagnosis', 'solution', 'cause', 'handling', 'result', 'improvement'):
            self.assertTrue(closed[field], field)
        clocks = {clock['name']: clock for clock in closed['clocks']}
        self.assertEqual({'response', 'resolution'}, set(clocks))
        self.assertIn(clocks['resolution']['state'], ('met', 'stopped'))
        self.assertTrue(clocks['resolution']['explanation'])

    def test_one_who_signs_against_the_summary_of_a_major_fault_sends_it_back(self):
        chief, operator, reporter = self.as_('zhuguan'), self.as_('yunwei'), self.as_('yewu')
        record = self.report()['id']
        self.life(record, 'summarising')
        self.do_task(operator, record, 'summarise', SUMMARY)
        self.assertEqual('reviewing', self.read(record)['state'])
        signers = sorted(task['assignee'] or task['role'] for task in self.read(record)['tasks'])
        self.assertEqual(sorted([reporter.person, 'operations_supervisor']), signers)
        self.do_task(reporter, record, 'review', {}, 'reject')
        back = self.read(record)
        self.assertEqual(('summarising', False), (back['state'], back['approved']))
        self.do_task(operator, record, 'summarise', {**SUMMARY, 'improvement': '增加连接池监控，每月演练'})
        self.do_task(reporter, record, 'review', {}, 'approve')
        self.do_task(chief, record, 'review', {}, 'approve')
        closed = self.read(record)
        self.assertEqual(('closed', True), (closed['state'], closed['approved']))

    def test_the_reporter_can_send_it_back(self):
        record = self.report()['id']
        self.life(record, send_back=True)
        self.assertEqual('closed', self.read(record)['state'])
        kinds = [item for item in self.ok(self.as_('zhuguan').get(f'/api/v1/incidents/{record}/timeline'))['items']]
        self.assertGreaterEqual(len(kinds), 10)

    def test_the_diagram_shows_where_it_stands(self):
        record = self.report()['id']
        diagram = self.ok(self.as_('yewu').get(f'/api/v1/incidents/{record}/diagram'))
        self.assertIn('bpmn', diagram['xml'])
        self.assertEqual(['assess'], diagram['active'])
        self.life(record)
        diagram = self.ok(self.as_('yewu').get(f'/api/v1/incidents/{record}/diagram'))
        self.assertEqual([], diagram['active'])
        self.assertLessEqual(set(STEPS), set(diagram['visited']))

    def test_a_step_shows_its_own_form_only(self):
        record = self.report()['id']
        task = self.tasks_of(self.as_('zhuguan'), record)[0]
        form = self.ok(self.as_('zhuguan').get(f'/api/v1/tasks/{task["id"]}'))['form']
        self.assertEqual(['severity', 'urgency', 'system', 'assignee'], [field['name'] for field in form['fields']])
        self.assertEqual(['severity', 'urgency'], [field['name'] for field in form['fields'] if field['required']])

    def test_a_step_refuses_what_its_form_does_not_hold_or_lacks(self):
        record = self.report()['id']
        chief = self.as_('zhuguan')
        task = self.tasks_of(chief, record)[0]['id']
        self.ok(chief.post(f'/api/v1/tasks/{task}/claim'))
        complete = f'/api/v1/tasks/{task}/complete'
        self.refused(chief.post(complete, {'fields': {'severity': 'major'}}), 422, '/fields/urgency')
        self.refused(chief.post(complete, {'fields': {'severity': 'huge', 'urgency': 'high'}}), 422, '/fields/severity')
        self.refused(chief.post(complete, {'fields': {'severity': 'major', 'urgency': 'high', 'solution': 'x'}}), 422, '/fields/solution')
        self.refused(chief.post(complete, {'fields': {'severity': 'major', 'urgency': 'high', 'assignee': 'nobody'}}), 422, '/fields/assignee')
        self.refused(chief.post(complete, {'fields': 'x'}), (400, 422))
        self.refused(chief.post(complete, {}), (400, 422))
        self.assertEqual('reported', self.read(record)['state'])

    def test_a_task_is_done_once_and_by_its_role(self):
        record = self.report()['id']
        chief, operator = self.as_('zhuguan'), self.as_('yunwei')
        task = self.tasks_of(chief, record)[0]['id']
        self.refused(operator.post(f'/api/v1/tasks/{task}/claim'), (403, 404, 409))
        self.refused(self.as_('yewu').post(f'/api/v1/tasks/{task}/complete', {'fields': {}}), (403, 404, 409))
        fields = {'fields': {'severity': 'minor', 'urgency': 'low'}}
        self.ok(chief.post(f'/api/v1/tasks/{task}/claim'))
        self.ok(chief.post(f'/api/v1/tasks/{task}/complete', fields))
        self.refused(chief.post(f'/api/v1/tasks/{task}/complete', fields), (404, 409))

    def test_a_claimed_task_can_be_given_back(self):
        record = self.report()['id']
        chief = self.as_('zhuguan')
        task = self.tasks_of(chief, record)[0]['id']
        self.ok(chief.post(f'/api/v1/tasks/{task}/claim'))
        mine = [one['id'] for one in self.ok(chief.get('/api/v1/tasks', mine='true', state='open', limit=200))['items']]
        self.assertIn(task, mine)
        self.ok(chief.post(f'/api/v1/tasks/{task}/release'))
        self.assertIsNone(self.tasks_of(chief, record)[0]['assignee'])

    def test_comments_and_links_stand_on_the_record(self):
        record = self.report()['id']
        client = self.as_('yunwei')
        self.ok(client.post(f'/api/v1/incidents/{record}/comments', {'text': '正在联系厂商'}), 201)
        texts = [one['text'] for one in self.ok(client.get(f'/api/v1/incidents/{record}/comments'))['items']]
        self.assertEqual(['正在联系厂商'], texts)
        system = self.ok(client.post('/api/v1/systems', {'name': '挂号系统', 'criticality': 'core', 'state': 'running'}), 201)['id']
        self.ok(client.post(f'/api/v1/incidents/{record}/links', {'target': f'system/{system}', 'relation': 'related'}), 201)
        links = self.ok(client.get(f'/api/v1/incidents/{record}/links'))['items']
        self.assertIn(('system', system), [(link['kind'], link['record']) for link in links])
        self.refused(client.post(f'/api/v1/incidents/{record}/links', {'target': 'system/nowhere', 'relation': 'related'}), (404, 422))

    def test_the_clauses_of_the_fault_process_show_evidence(self):
        self.life(self.report()['id'])
        client = self.as_('jicha')
        self.eventually(lambda: self.ok(client.get('/api/v1/clauses/3.4.6'))['state'] == 'held', 30)
        clauses = {clause['id']: clause for clause in self.ok(client.get('/api/v1/clauses'))['items']}
        for wanted in ('2.2', '3.4.1', '3.4.2', '3.4.3', '3.4.4', '3.4.5', '3.4.6', '4.3.1', '4.3.2', '4.3.3', '1.1', '1.3.4'):
            self.assertGreaterEqual(clauses[wanted]['controls'], 1, wanted)
        self.assertEqual('no_control', clauses['5.1.1']['state'])
        self.assertEqual('held', clauses['3.4.1']['state'])
        one = self.eventually(lambda: next((control for control in self.ok(client.get('/api/v1/clauses/3.4.1'))['controls']
                                            if control['checked_at'] and control['evidence']), None), 90)
        self.assertTrue(one['sentence'])
        self.assertTrue(one['evidence'][0]['href'])


if __name__ == '__main__':
    run()
