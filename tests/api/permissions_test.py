#!/usr/bin/env python3
"""Who may call what: every operation of /openapi.json as nobody and as each role, and row scope by unit."""
from lib.case import PEOPLE, ProductCase
from lib.run import run

ABSENT = '01900000-0000-7000-8000-000000000000'
# Ending one's own session would end the test's.
LEFT_OUT = {('DELETE', '/api/v1/sessions/current')}


def path_of(template):
    for name in ('{id}', '{n}', '{name}', '{element}'):
        template = template.replace(name, ABSENT if name == '{id}' else 'up')
    return template


class Permissions(ProductCase):
    def operations(self):
        for (method, template), operation in self.nobody().contract().operations.items():
            if (method, template) not in LEFT_OUT:
                yield method, template, operation

    def permission_of(self, operation):
        return operation.get('x-permission') or ''

    def is_open(self, operation):
        return operation.get('security') == []

    def call(self, client, method, template):
        body = {} if method in ('POST', 'PATCH', 'PUT') else None
        return client.call(method, path_of(template), body, {'If-Match': '"1"'} if method == 'PATCH' else None)

    def test_nobody_gets_nothing_but_the_open_operations(self):
        for method, template, operation in self.operations():
            if self.is_open(operation) or template.endswith('events'):
                continue
            with self.subTest(f'{method} {template}'):
                self.refused(self.call(self.nobody(), method, template), 401)

    def test_only_few_operations_are_open(self):
        allowed = {'/api/v1/setup', '/api/v1/sessions', '/health/live', '/health/ready', '/metrics', '/openapi.json'}
        opened = {template for _, template, operation in self.operations() if self.is_open(operation)}
        self.assertLessEqual(opened, allowed)

    def test_each_role_reaches_what_it_is_granted_and_no_more(self):
        for account, _, _ in PEOPLE:
            client = self.as_(account)
            grants = client.session['permissions']
            for method, template, operation in self.operations():
                verb = self.permission_of(operation)
                if not verb or template.endswith('events'):
                    continue
                with self.subTest(f'{account}: {method} {template} needs {verb}'):
                    answer = self.call(client, method, template)
                    if verb in grants:
                        self.assertNotIn(answer.status, (401, 500), answer)
                        if '{' not in template and method == 'GET':
                            self.assertNotEqual(403, answer.status, answer)
                    else:
                        self.refused(answer, (403, 404))

    def test_every_guarded_operation_names_its_permission(self):
        for method, template, operation in self.operations():
            if not self.is_open(operation) and not template.startswith(('/api/v1/sessions', '/api/v1/api-tokens', '/api/v1/events')):
                with self.subTest(f'{method} {template}'):
                    self.assertTrue(self.permission_of(operation))

    def test_the_auditor_and_the_officers_change_no_records(self):
        made = self.report()
        for account in ('jicha', 'xitong', 'anquan', 'shenji'):
            client = self.as_(account)
            self.refused(client.post('/api/v1/incidents', {'title': 'x', 'description': '', 'source': 'person'}), 403)
            self.refused(client.patch(f'/api/v1/incidents/{made["id"]}', {'title': 'x'}, {'If-Match': '"1"'}), (403, 404))
            for task in self.tasks_of(self.as_('zhuguan'), made['id']):
                self.refused(client.post(f'/api/v1/tasks/{task["id"]}/claim'), (403, 404))

    def test_a_business_operator_does_not_see_another_units_faults(self):
        chief = self.as_('zhuguan')
        here = self.ok(chief.post('/api/v1/units', {'name': '门诊收费处', 'kind': 'department'}), 201)['id']
        there = self.ok(chief.post('/api/v1/units', {'name': '放射科', 'kind': 'department'}), 201)['id']
        self.move_person(chief, self.as_('yewu').person, here)
        self.move_person(chief, self.as_('shebei').person, there)
        mine = self.report()
        foreign = self.report(self.as_('shebei'), title='CT 工作站黑屏')
        client = self.as_('yewu')
        listed = [item['id'] for item in self.ok(client.get('/api/v1/incidents', limit=200))['items']]
        self.assertIn(mine['id'], listed)
        self.assertNotIn(foreign['id'], listed)
        for path in ('', '/timeline', '/comments', '/attachments', '/links', '/diagram'):
            hidden = client.get(f'/api/v1/incidents/{foreign["id"]}{path}')
            absent = client.get(f'/api/v1/incidents/{ABSENT}{path}')
            self.refused(hidden, (403, 404))
            self.assertEqual([hidden.status, hidden.json['title'], hidden.json.get('detail')],
                             [absent.status, absent.json['title'], absent.json.get('detail')])
        self.assertEqual([], self.ok(client.get('/api/v1/search', q='CT 工作站黑屏'))['items'])
        self.refused(client.post(f'/api/v1/incidents/{foreign["id"]}/comments', {'text': '看得到吗'}), (403, 404))

    def move_person(self, client, person, unit):
        etag = client.get(f'/api/v1/people/{person}').headers['etag']
        self.ok(client.patch(f'/api/v1/people/{person}', {'unit': unit}, {'If-Match': etag}))


if __name__ == '__main__':
    run()
