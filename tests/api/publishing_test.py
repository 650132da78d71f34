#!/usr/bin/env python3
"""A process drawn anew: tried out, published with a reason, and running ones taken to the new version."""
from lib.case import PackCase
from lib.run import run

XML = {'Content-Type': 'application/xml'}


class Publishing(PackCase):
    def setUp(self):
        self.chief = self.as_('zhuguan')
        self.before = self.in_force()

    def in_force(self):
        return next(one for one in self.ok(self.chief.get('/api/v1/processes'))['items']
                    if one['key'] == 'incident' and one['active'])

    def drawing(self):
        return self.ok(self.chief.get(f'/api/v1/processes/{self.before["id"]}/xml')).decode()

    def changed(self, old, new):
        drawing = self.drawing()
        self.assertIn(old, drawing)
        return drawing.replace(old, new)

    def publish(self, drawing, who=None, **given):
        return (who or self.chief).post('/api/v1/processes', drawing.encode(), XML, **{'reason': '增加说明', **given})

    def version(self, note):
        """Another drawing each time it is asked for."""
        return self.changed('</bpmn:definitions>', f'<!-- {note} --></bpmn:definitions>')

    def instance(self, record):
        return next(one for one in self.ok(self.chief.get('/api/v1/instances'))['items'] if one['record'] == record)

    def test_a_published_version_serves_new_records_while_running_ones_stay_on_theirs(self):
        running = self.report()['id']
        made = self.ok(self.publish(self.version('one')), 201)
        self.assertEqual(self.before['version'] + 1, made['version'])
        now = self.in_force()
        self.assertEqual((made['id'], '增加说明', self.chief.person), (now['id'], now['reason'], now['published_by']))
        self.assertEqual(made['id'], self.instance(self.report()['id'])['definition'])
        self.assertEqual(self.before['id'], self.instance(running)['definition'])
        entry = next(one for one in self.ok(self.as_('jicha').get('/api/v1/ledger', action='process.publish'))['items']
                     if one['subject'] == f'process/{made["id"]}')
        self.assertEqual('增加说明', entry['change']['reason'])

    def test_what_a_person_published_stays_in_force_over_a_restart(self):
        made = self.ok(self.publish(self.version('kept')), 201)
        self.server.restart()
        self.assertEqual(made['id'], self.in_force()['id'])

    def test_an_older_version_comes_into_force_again_with_a_reason_and_stays_over_a_restart(self):
        self.ok(self.publish(self.version('worse')), 201)
        at = f'/api/v1/processes/{self.before["id"]}/activate'
        self.refused(self.chief.post(at, {}), (400, 422), '/reason')
        self.refused(self.as_('yunwei').post(at, {'reason': '新版有误'}), 403)
        self.refused(self.chief.post('/api/v1/processes/nowhere/activate', {'reason': '新版有误'}), 404)
        answer = self.ok(self.chief.post(at, {'reason': '新版有误'}))
        self.assertEqual((self.before['version'], True), (answer['version'], answer['active']))
        self.assertEqual(self.before['id'], self.instance(self.report()['id'])['definition'])
        self.refused(self.chief.post(at, {'reason': '再来一次'}), 409)
        entry = self.ok(self.as_('jicha').get('/api/v1/ledger', action='process.activate'))['items'][0]
        self.assertEqual((f'process/{self.before["id"]}', '新版有误'), (entry['subject'], entry['change']['reason']))
        self.server.restart()
        self.assertEqual(self.before['id'], self.in_force()['id'])

    def test_a_record_begins_with_a_version_or_tag_that_is_asked_for(self):
        old, made = self.before, self.ok(self.publish(self.version('newest')), 201)
        self.ok(self.chief.post(f'/api/v1/processes/{old["id"]}/tag', {'tag': '稳定'}))
        body = {'title': '打印机卡纸', 'description': '护士站', 'source': 'person', 'scope': 'department'}
        begin = lambda who=self.chief, **which: who.post('/api/v1/incidents', body, **which)
        begun = lambda **which: self.instance(self.ok(begin(**which), 201)['id'])['definition']
        self.assertEqual(made['id'], begun())
        self.assertEqual(old['id'], begun(process_version=old['version']))
        self.assertEqual(old['id'], begun(process_tag='稳定'))
        self.refused(begin(process_version=9999), (400, 422), 'process_version')
        self.refused(begin(process_version='new'), (400, 422), 'process_version')
        self.refused(begin(process_tag='没有'), (400, 422), 'process_tag')
        self.refused(begin(process_version=1, process_tag='稳定'), (400, 422), 'process_tag')
        self.refused(begin(self.as_('yewu'), process_version=old['version']), 403)
        # The tag is one version's at a time.
        self.ok(self.chief.post(f'/api/v1/processes/{made["id"]}/tag', {'tag': '稳定'}))
        self.assertEqual(made['id'], begun(process_tag='稳定'))
        tags = {one['id']: one['tag'] for one in self.ok(self.chief.get('/api/v1/processes'))['items']}
        self.assertEqual((None, '稳定'), (tags[old['id']], tags[made['id']]))

    def test_a_drawing_that_does_not_fit_the_house_is_refused_at_its_element(self):
        for old, new, said in (('yunzhi:role="system_operator"', 'yunzhi:role="plumber"', 'plumber'),
                               ('yunzhi:fields="severity,urgency,system,assignee"', 'yunzhi:fields="severity,urgency,colour"', 'colour'),
                               ('yunzhi:state="reported"', 'yunzhi:state="dreaming"', 'dreaming'),
                               ('yunzhi:action="escalate"', 'yunzhi:action="webhook:nowhere"', 'webhook:nowhere'),
                               ('yunzhi:record="incident"', 'yunzhi:record="parcel"', 'parcel')):
            drawing = self.changed(old, new)
            self.assertIn(said, self.refused(self.publish(drawing), (400, 422))['detail'])
            problems = self.ok(self.chief.post('/api/v1/processes/check', drawing.encode(), XML))['problems']
            self.assertIn(said, problems[0]['detail'])
        self.assertEqual(self.before['id'], self.in_force()['id'])

    def test_publishing_needs_a_reason_the_right_and_the_version_one_began_with(self):
        self.refused(self.publish(self.version('x'), reason=''), (400, 422), '/reason')
        self.refused(self.publish(self.version('x'), who=self.as_('yunwei')), 403)
        self.refused(self.publish(self.drawing()), 409)
        self.ok(self.publish(self.version('of somebody else'), base=self.before['id']), 201)
        self.refused(self.publish(self.version('of mine'), base=self.before['id']), 409, 'base')

    def test_a_drawing_is_tried_out_with_sample_data_and_nothing_is_kept(self):
        many = len(self.ok(self.chief.get('/api/v1/instances'))['items'])
        commands = [{'start': 'incident', 'variables': {'priority': 'p1'}}, {'complete': 'assess', 'variables': {'severity': 'major'}}]
        tried = self.ok(self.chief.post('/api/v1/processes/simulate', {'xml': self.drawing(), 'commands': commands}))
        self.assertEqual([['assess'], ['diagnose']], [answer['open'] for answer in tried['answers']])
        self.assertIn('diagnose', [place['element'] for place in tried['standing']['places']])
        begun = self.ok(self.chief.post('/api/v1/processes/simulate', {'xml': self.drawing(), 'commands': commands[:1]}))
        self.assertIn('response_overdue', [timer['element'] for timer in begun['standing']['timers']])
        self.assertEqual(many, len(self.ok(self.chief.get('/api/v1/instances'))['items']))
        self.refused(self.chief.post('/api/v1/processes/simulate', {'xml': self.drawing(), 'commands': {}}), 422, '/commands')
        self.refused(self.chief.post('/api/v1/processes/simulate', {'xml': self.drawing(), 'commands': [{}] * 501}), (413, 422), '/commands')
        self.refused(self.as_('yunwei').post('/api/v1/processes/simulate', {'xml': self.drawing(), 'commands': []}), 403)

    def test_running_processes_go_to_the_new_version_and_those_that_cannot_are_named(self):
        record = self.report()['id']
        made = self.ok(self.publish(self.changed('id="assess"', 'id="judge"').replace('<bpmn:flowNodeRef>assess<', '<bpmn:flowNodeRef>judge<')
                                    .replace('sourceRef="assess"', 'sourceRef="judge"').replace('targetRef="assess"', 'targetRef="judge"')
                                    .replace('attachedToRef="assess"', 'attachedToRef="judge"').replace('bpmnElement="assess"', 'bpmnElement="judge"')), 201)
        check = lambda mapping: self.ok(self.chief.post(f'/api/v1/processes/{self.before["id"]}/migration-check',
                                                        {'definition': made['id'], 'mapping': mapping}))
        cannot = {one['instance']: one['problems'] for one in check({})['items']}
        named = next(one for one in check({})['items'] if one['record'] == record)
        told = self.ok(self.chief.get(f'/api/v1/incidents/{record}'))
        self.assertEqual(('incident', told['number'], told['title']), (named['record_kind'], named['number'], named['title']))
        one = self.instance(record)
        self.assertEqual(['assess'], [problem['element'] for problem in cannot[one['id']]])
        self.assertIn('assess', cannot[one['id']][0]['text'])
        self.assertEqual([], check({'assess': 'judge'})['items'])
        renewing = lambda *events: self.chief.post(f'/api/v1/processes/{self.before["id"]}/migration-check',
                                                   {'definition': made['id'], 'mapping': {'assess': 'judge'}, 'renewed': [*events]})
        self.assertEqual([], self.ok(renewing('response_overdue'))['items'])
        self.refused(renewing('judge'), (400, 422), '/renewed')
        self.refused(renewing(7), (400, 422), '/renewed')
        batch = self.ok(self.chief.post('/api/v1/batches', {'kind': 'migrate', 'of': self.before['id'], 'definition': made['id'],
                                                            'mapping': {'assess': 'judge'}}), 201)['id']
        done = self.eventually(lambda: [b for b in [self.ok(self.chief.get(f'/api/v1/batches/{batch}'))] if b['state'] == 'done'], 20)[0]
        self.assertEqual(0, done['refused'])
        self.assertEqual((made['id'], ['judge']), (self.instance(record)['definition'], [at for at in self.instance(record)['at'] if at == 'judge']))
        self.assertEqual('judge', self.tasks_of(self.chief, record)[0]['element'])

    def test_a_version_tells_what_waits_at_its_steps_and_how_long_they_took(self):
        record = self.report()['id']
        self.do_task(self.chief, record, 'assess', {'severity': 'minor', 'urgency': 'low', 'assignee': self.as_('yunwei').person})
        self.report()
        activity = self.ok(self.chief.get(f'/api/v1/processes/{self.before["id"]}/activity'))
        steps = {step['element']: step for step in activity['steps']}
        self.assertGreaterEqual(activity['running'], 2)
        self.assertGreaterEqual(steps['assess']['done'], 1)
        self.assertGreaterEqual(steps['assess']['longest_ms'], steps['assess']['average_ms'])
        self.assertGreaterEqual(steps['assess']['open'], 1)
        self.assertGreaterEqual(steps['diagnose']['open'], 1)
        self.refused(self.chief.get(f'/api/v1/processes/{self.before["id"]}/activity', days='0'), (400, 422), 'days')
        self.refused(self.chief.get('/api/v1/processes/nowhere/activity'), 404)
        self.refused(self.as_('yewu').get(f'/api/v1/processes/{self.before["id"]}/activity'), 403)

    def test_running_processes_are_listed_with_their_record_and_where_they_are(self):
        made = self.report()
        one = self.instance(made['id'])
        self.assertEqual((made['number'], made['title']), (one['number'], one['title']))
        self.assertIn('assess', one['at'])
        self.assertEqual([], self.ok(self.chief.get('/api/v1/instances', status='incident'))['items'])
        self.refused(self.chief.get('/api/v1/instances', status='lost'), (400, 422), 'status')


if __name__ == '__main__':
    run()
