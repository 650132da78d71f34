#!/usr/bin/env python3
"""Editing records: entity tags, retries, wrong input of every kind, fields that are not the caller's."""
import uuid
from concurrent.futures import ThreadPoolExecutor

from lib.case import ProductCase
from lib.client import Client
from lib.run import run

GOOD = {'title': '打印机卡纸', 'description': '三楼护士站', 'source': 'person'}


class Records(ProductCase):
    def setUp(self):
        self.client = self.as_('zhuguan')

    def count(self):
        return self.ok(self.client.get('/api/v1/incidents', limit=1))['total']['count']

    def test_an_edit_needs_the_version_it_is_based_on(self):
        record = self.report()['id']
        path = f'/api/v1/incidents/{record}'
        etag = self.client.get(path).headers['etag']
        self.refused(self.client.patch(path, {'title': '新标题'}), (412, 428))
        changed = self.client.patch(path, {'title': '新标题'}, {'If-Match': etag})
        self.ok(changed)
        self.refused(self.client.patch(path, {'title': '更新的标题'}, {'If-Match': etag}), 412)
        self.assertEqual('新标题', self.client.get(path).json['title'])
        self.assertNotEqual(etag, self.client.get(path).headers['etag'])
        self.assertEqual(304, self.client.call('GET', path, headers={'If-None-Match': self.client.get(path).headers['etag']}).status)

    def test_of_two_editors_at_once_exactly_one_wins(self):
        record = self.report()['id']
        path = f'/api/v1/incidents/{record}'
        for turn in range(10):
            etag = self.client.get(path).headers['etag']

            def edit(number):
                client = Client(self.server)
                client.cookie, client.csrf = self.client.cookie, self.client.csrf
                return client.patch(path, {'title': f'第 {turn} 轮编辑 {number}'}, {'If-Match': etag}).status

            with ThreadPoolExecutor(4) as pool:
                statuses = sorted(pool.map(edit, range(4)))
            self.assertEqual([200, 412, 412, 412], statuses)

    def test_the_same_key_does_the_work_once(self):
        key = {'Idempotency-Key': str(uuid.uuid4())}
        before = self.count()
        first = self.client.post('/api/v1/incidents', GOOD, key)
        again = self.client.post('/api/v1/incidents', GOOD, key)
        self.assertEqual([201, first.json['id']], [again.status, again.json['id']])
        self.assertEqual(before + 1, self.count())
        self.refused(self.client.post('/api/v1/incidents', {**GOOD, 'title': '别的'}, key), (409, 422))

    def test_wrong_fields_are_refused_by_their_pointer(self):
        before = self.count()
        cases = (({'title': ''}, '/title'), ({'title': 'x' * 201}, '/title'), ({'title': 7}, '/title'), ({'title': None}, '/title'),
                 ({'title': 'a\nb'}, '/title'), ({'title': 'a\u0000b'}, None), ({'severity': 'huge'}, '/severity'),
                 ({'source': []}, '/source'), ({'started_at': 'yesterday'}, '/started_at'),
                 ({'started_at': '2026-02-30T00:00:00Z'}, '/started_at'), ({'system': 'nowhere'}, '/system'),
                 ({'system': '01900000-0000-7000-8000-000000000000'}, '/system'), ({'description': 'x' * 20001}, '/description'),
                 ({'colour': 'red'}, '/colour'))
        for change, pointer in cases:
            with self.subTest(str(change)[:50]):
                self.refused(self.client.post('/api/v1/incidents', {**GOOD, **change}), (400, 422), pointer)
        without = {key: value for key, value in GOOD.items() if key != 'title'}
        self.refused(self.client.post('/api/v1/incidents', without), 422, '/title')
        self.assertEqual(before, self.count())

    def test_all_faults_are_told_at_once(self):
        problem = self.refused(self.client.post('/api/v1/incidents', {'title': '', 'severity': 'huge', 'scope': 3}), 422)
        self.assertLessEqual({'/title', '/severity', '/scope'}, {error['pointer'] for error in problem['errors']})

    def test_nobody_writes_what_the_product_keeps_itself(self):
        record = self.report()['id']
        path = f'/api/v1/incidents/{record}'
        for field, value in (('id', 'x'), ('number', 'INC-1'), ('version', 99), ('created_at', '2020-01-01T00:00:00Z'),
                             ('created_by', 'x'), ('state', 'closed'), ('process_instance', 'x'), ('closed_at', '2020-01-01T00:00:00Z'),
                             ('role', 'system_officer'), ('is_admin', True)):
            with self.subTest(field):
                before = self.client.get(path)
                self.refused(self.client.patch(path, {field: value}, {'If-Match': before.headers['etag']}), (403, 422))
                self.assertEqual(before.json.get(field), self.client.get(path).json.get(field))

    def test_bodies_that_are_no_json_object_are_refused(self):
        kind = {'Content-Type': 'application/json'}
        for body in (b'', b'{', b'[]', b'null', b'"x"', b'7', b'{"title": "a", "title": "b"}', b'\xff\xfe', b'{"title": "\xc3\x28"}',
                     b'{"title": "\\ud800"}', b'{"a":1}x', b'{"title": NaN}'):
            with self.subTest(body[:30]):
                self.refused(self.client.post('/api/v1/incidents', body, kind), (400, 422))

    def test_a_system_depends_on_systems_only(self):
        first = self.ok(self.client.post('/api/v1/systems', {'name': '数据库', 'criticality': 'core', 'state': 'running'}), 201)['id']
        second = self.ok(self.client.post('/api/v1/systems', {'name': '挂号', 'depends_on': [first], 'criticality': 'core',
                                                              'state': 'running'}), 201)
        self.assertEqual([first], second['depends_on'])
        answer = self.client.post('/api/v1/systems', {'name': '坏', 'depends_on': [self.client.person], 'criticality': 'core',
                                                      'state': 'running'})
        self.refused(answer, 422)

    def test_unknown_paths_and_methods_say_so(self):
        self.refused(self.client.get('/api/v1/nothing'), 404)
        self.refused(self.client.get('/api/v1/incidents/not-an-id'), (404, 422))
        answer = self.client.delete('/api/v1/incidents')
        self.refused(answer, 405)
        self.assertIn('POST', answer.headers['allow'])


if __name__ == '__main__':
    run()
