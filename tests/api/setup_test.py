#!/usr/bin/env python3
"""The first-run ceremony: once, with the code, three separate officers, no default password."""
import json

from lib.case import ProductCase, accounts, ceremony, password
from lib.client import Client
from lib.run import run
from lib.server import Server


class Setup(ProductCase):
    with_people = False

    def setUp(self):
        self.client = self.nobody()

    def attempt(self, people=None, code=None):
        return self.client.post('/api/v1/setup', {'code': self.server.code() if code is None else code,
                                                  'organisation': '市第一医院', 'accounts': accounts() if people is None else people})

    def test_1_a_new_server_says_that_it_needs_setting_up(self):
        self.assertTrue(self.ok(self.client.get('/api/v1/setup'))['needed'])

    def test_2_nobody_can_sign_in_before(self):
        for account, word in (('admin', 'admin'), ('root', 'root'), ('xitong', password('xitong')), ('admin', '')):
            answer = self.client.post('/api/v1/sessions', {'account': account, 'password': word})
            self.assertIn(answer.status, (400, 401, 422, 429), answer)

    def test_3_a_wrong_code_is_refused(self):
        self.refused(self.attempt(code='wrong'), (403, 422))

    def test_4_every_officer_is_needed_and_no_more(self):
        for role in ('system_officer', 'security_officer', 'audit_officer', 'operations_supervisor'):
            self.refused(self.attempt([one for one in accounts() if one['roles'] != [role]]), (400, 422))
        double = accounts() + [{**accounts()[0], 'account': 'xitong2'}]
        self.refused(self.attempt(double), (400, 422))

    def test_5_one_person_never_holds_two_officers_roles(self):
        people = accounts()
        people[0]['roles'] = ['system_officer', 'audit_officer']
        self.refused(self.attempt([one for one in people if one['roles'] != ['audit_officer']]), (400, 409, 422))

    def test_6_weak_passwords_and_unknown_roles_are_refused(self):
        for change in ({'password': '1234'}, {'password': 'password'}, {'roles': ['emperor']}, {'account': ''}, {'name': 7}):
            people = accounts()
            people[3] = {**people[3], **change}
            self.refused(self.attempt(people), (400, 422))

    def test_7_the_ceremony_works_once(self):
        code = self.server.code()
        ceremony(self.server)
        self.assertFalse(self.ok(self.client.get('/api/v1/setup'))['needed'])
        self.refused(self.attempt(code=code), (403, 404, 409, 422))
        self.server.restart()
        self.refused(self.attempt(code=code), (403, 404, 409, 422))
        self.assertEqual(201, Client(self.server).login('zhuguan', password('zhuguan')).status)


class Unattended(ProductCase):
    """yunzhi setup --data DIR --accounts FILE does the same without a browser."""

    @classmethod
    def setUpClass(cls):
        cls.server, cls.clients = Server(), {}
        cls.file = cls.server.folder / 'accounts.json'
        cls.file.write_text(json.dumps({'organisation': '市第一医院', 'accounts': accounts()}, ensure_ascii=False))
        extra = ['--database', cls.server.database] if cls.server.database else []
        cls.command = ('setup', '--data', cls.server.data, '--accounts', cls.file, *extra)
        cls.done = cls.server.command(*cls.command)
        cls.server.start()

    def test_the_file_creates_the_people(self):
        self.assertEqual(0, self.done[0], self.done[1])
        self.assertFalse(self.ok(self.nobody().get('/api/v1/setup'))['needed'])
        self.assertEqual(201, self.nobody().login('yewu', password('yewu')).status)

    def test_no_password_is_printed(self):
        self.assertNotIn(password('yewu'), self.done[1] + self.server.tail(100000))


if __name__ == '__main__':
    run()
