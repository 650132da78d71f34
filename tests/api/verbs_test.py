#!/usr/bin/env python3
"""What people do with a step over HTTP, beside finishing it, and what a supervisor does with a process."""
from lib.case import PackCase
from lib.run import run


class Verbs(PackCase):
    def assessed(self):
        record = self.report()['id']
        self.do_task(self.as_('zhuguan'), record, 'assess',
                     {'severity': 'minor', 'urgency': 'low', 'assignee': self.as_('yunwei').person})
        return record

    def task(self, client, record):
        return self.tasks_of(client, record)[0]['id']

    def post(self, account, task, verb, body=None):
        return self.as_(account).post(f'/api/v1/tasks/{task}/{verb}', body or {})

    def state(self, record):
        return self.ok(self.as_('zhuguan').get(f'/api/v1/incidents/{record}'))['state']

    def test_a_step_sent_straight_back_returns_to_who_sent_it(self):
        record = self.assessed()
        operator, chief = self.as_('yunwei'), self.as_('zhuguan')
        task = self.task(operator, record)
        steps = self.ok(operator.get(f'/api/v1/tasks/{task}/earlier-steps'))['items']
        self.assertEqual(['assess'], [step['element'] for step in steps])
        body = {'element': 'assess', 'return': 'straight', 'reason': '缺少系统'}
        self.refused(self.post('yunwei', task, 'send-back', {**body, 'element': 'summarise'}), 422, '/element')
        self.refused(self.post('yunwei', task, 'send-back', {**body, 'return': 'home'}), 422, '/return')
        self.refused(self.post('yewu', task, 'send-back', body), (403, 404))
        self.ok(self.post('yunwei', task, 'send-back', body))
        self.assertEqual('reported', self.state(record))
        self.do_task(chief, record, 'assess', {'severity': 'major', 'urgency': 'low'})
        back = self.tasks_of(operator, record)[0]
        self.assertEqual(('diagnose', operator.person), (back['element'], back['assignee']))

    def test_a_step_is_taken_back_until_the_next_is_touched(self):
        record = self.assessed()
        operator = self.as_('yunwei')
        task = self.do_task(operator, record, 'diagnose', {'diagnosis': '磁盘已满'})['id']
        self.refused(self.post('zhuguan', task, 'withdraw'), 409)
        self.ok(self.post('yunwei', task, 'withdraw'))
        self.assertEqual('diagnosing', self.state(record))
        again = self.do_task(operator, record, 'diagnose', {'diagnosis': '磁盘已满'})['id']
        self.do_task(operator, record, 'repair', {'solution': '清理日志'})
        self.refused(self.post('yunwei', again, 'withdraw'), 409)

    def test_a_lent_step_comes_back_and_one_handed_over_does_not(self):
        record = self.assessed()
        operator, chief = self.as_('yunwei'), self.as_('zhuguan')
        task = self.task(operator, record)
        self.refused(self.post('yunwei', task, 'delegate', {'person': 'nobody'}), 422, '/person')
        self.refused(self.post('yunwei', task, 'delegate', {'person': operator.person}), 422, '/person')
        self.ok(self.post('yunwei', task, 'delegate', {'person': chief.person}))
        self.do_task(chief, record, 'diagnose', {'diagnosis': '初步判断'})
        self.assertEqual(operator.person, self.tasks_of(operator, record)[0]['assignee'])
        self.ok(self.post('yunwei', task, 'hand-over', {'person': chief.person}))
        self.do_task(chief, record, 'diagnose', {'diagnosis': '网卡故障'})
        self.assertEqual('repairing', self.state(record))

    def test_those_asked_before_sign_first(self):
        record = self.assessed()
        operator, chief = self.as_('yunwei'), self.as_('zhuguan')
        task = self.task(operator, record)
        self.refused(self.post('yunwei', task, 'add-sign', {'place': 'beneath', 'people': [chief.person]}), 422, '/place')
        self.refused(self.post('yunwei', task, 'add-sign', {'place': 'before', 'people': []}), 422)
        self.ok(self.post('yunwei', task, 'add-sign', {'place': 'before', 'people': [chief.person]}))
        self.assertEqual([], self.tasks_of(operator, record))
        self.assertEqual('before', self.tasks_of(chief, record)[0]['place'])
        self.do_task(chief, record, 'diagnose', {'diagnosis': '同意'})
        self.do_task(operator, record, 'diagnose', {'diagnosis': '光模块损坏'})
        self.assertEqual('repairing', self.state(record))

    def test_a_step_pressed_for_and_copied_is_told(self):
        record = self.assessed()
        task = self.task(self.as_('yunwei'), record)
        self.ok(self.post('zhuguan', task, 'urge', {'note': '今天完成'}))
        self.refused(self.post('zhuguan', task, 'urge'), (429, 503))
        self.ok(self.post('zhuguan', task, 'copy', {'people': [self.as_('yewu').person], 'note': '进展'}))
        copies = self.ok(self.as_('yewu').get('/api/v1/copies'))['items']
        self.assertIn(record, [copy['record'] for copy in copies])
        told = self.eventually(lambda: [one for one in self.ok(self.as_('yunwei').get('/api/v1/notifications'))['items']
                                        if '催办' in one['title']], 10)
        self.assertTrue(told)

    def test_tasks_go_to_the_deputy_while_somebody_is_away(self):
        operator, chief = self.as_('yunwei'), self.as_('zhuguan')
        body = {'deputy': chief.person, 'starts_at': '2026-01-01T00:00:00Z', 'ends_at': '2099-01-01T00:00:00Z', 'reason': '休假'}
        self.refused(operator.post('/api/v1/deputies', {**body, 'ends_at': '2020-01-01T00:00:00Z'}), 422, '/ends_at')
        self.refused(operator.post('/api/v1/deputies', {**body, 'person': chief.person}), 403)
        made = self.ok(operator.post('/api/v1/deputies', body), 201)['id']
        record = self.assessed()
        task = self.tasks_of(chief, record)[0]
        self.assertEqual((chief.person, operator.person), (task['assignee'], task['deputy_for']))
        self.ok(operator.post(f'/api/v1/deputies/{made}/end'))
        self.assertEqual(operator.person, self.tasks_of(operator, self.assessed())[0]['assignee'])

    def test_a_supervisor_suspends_changes_and_restarts_a_process_and_nobody_else(self):
        record = self.assessed()
        chief, operator = self.as_('zhuguan'), self.as_('yunwei')
        one = next(item for item in self.ok(chief.get('/api/v1/instances'))['items'] if item['record'] == record)['id']
        verb = lambda client, name, body=None: client.post(f'/api/v1/instances/{one}/{name}', body or {})
        self.refused(verb(operator, 'suspend'), 403)
        self.assertEqual('suspended', self.ok(verb(chief, 'suspend'))['status'])
        complete = f'/api/v1/tasks/{self.task(operator, record)}/complete'
        self.refused(operator.post(complete, {'fields': {'diagnosis': '磁盘已满'}}), 409)
        self.ok(verb(chief, 'resume'))
        self.refused(verb(chief, 'modify', {'before': 'nowhere'}), 422, '/before')
        self.ok(verb(chief, 'modify', {'before': 'repair'}))
        self.assertEqual({'diagnose', 'repair'}, {task['element'] for task in self.tasks_of(operator, record)})
        self.ok(verb(chief, 'cancel'))
        self.refused(verb(chief, 'cancel'), 409)
        self.ok(verb(chief, 'restart', {'element': 'repair'}))
        self.assertEqual(['repair'], [task['element'] for task in self.tasks_of(operator, record)])

    def test_everybody_s_tasks_are_seen_by_who_assigns_them(self):
        record = self.assessed()
        every = self.ok(self.as_('zhuguan').get('/api/v1/tasks', mine='false', limit=200))['items']
        self.assertIn(record, [task['record']['id'] for task in every])
        self.refused(self.as_('yunwei').get('/api/v1/tasks', mine='false'), 403)


if __name__ == '__main__':
    run()
