#!/usr/bin/env python3
"""Sessions: cookies, cross-site requests, throttling, tokens, and ends that really end."""
from lib.case import ProductCase, password
from lib.run import run

HERE = '/api/v1/sessions/current'


class Sessions(ProductCase):
    def fresh(self, account='yewu', bearer=False):
        client = self.nobody()
        self.assertEqual(201, client.login(account, password(account), bearer).status)
        return client

    def test_the_answer_tells_who_and_what_is_allowed(self):
        session = self.fresh().session
        self.assertEqual('张伟', session['person']['name'])
        self.assertEqual(['business_operator'], session['person']['roles'])
        self.assertEqual('own', session['permissions']['incident.report'])
        self.assertNotIn('account.write', session['permissions'])

    def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(self):
        cookie = self.nobody().login('yewu', password('yewu')).cookies[0].lower()
        self.assertIn('httponly', cookie)
        self.assertIn('samesite=', cookie)
        self.assertIn('path=/', cookie)

    def test_a_session_id_brought_along_is_not_kept(self):
        client = self.nobody()
        name = self.fresh().cookie.split('=')[0]
        client.cookie = f'{name}=0123456789abcdef0123456789abcdef'
        client.login('yewu', password('yewu'))
        self.assertNotIn('0123456789abcdef0123456789abcdef', client.cookie)

    def test_wrong_passwords_and_unknown_accounts_get_the_same_answer(self):
        wrong = self.nobody().login('jicha', 'not-the-password')
        unknown = self.nobody().login('nobody-here', 'not-the-password')
        self.refused(wrong, 401)
        self.refused(unknown, 401)
        self.assertEqual([wrong.json['title'], wrong.json.get('detail')], [unknown.json['title'], unknown.json.get('detail')])

    def test_after_signing_out_the_session_is_dead(self):
        client = self.fresh()
        self.ok(client.get(HERE))
        self.ok(client.delete(HERE))
        self.refused(client.get(HERE), 401)

    def test_a_changed_password_ends_other_sessions(self):
        other, client = self.fresh('yunwei'), self.fresh('yunwei')
        self.refused(client.post(HERE + '/password', {'old': 'wrong', 'new': 'A-new-secret-2026'}), (401, 403, 422))
        self.refused(client.post(HERE + '/password', {'old': password('yunwei'), 'new': 'short'}), (400, 422))
        self.ok(client.post(HERE + '/password', {'old': password('yunwei'), 'new': 'A-new-secret-2026'}))
        self.refused(other.get(HERE), 401)
        self.assertEqual(401, self.nobody().login('yunwei', password('yunwei')).status)
        self.assertEqual(201, self.nobody().login('yunwei', 'A-new-secret-2026').status)

    def test_a_cookie_alone_changes_nothing(self):
        client = self.fresh()
        body = {'title': '外站伪造', 'description': '', 'source': 'person'}
        for token in (None, '', 'wrong', client.csrf[:-1] + ('0' if client.csrf[-1] != '0' else '1')):
            forged = self.nobody()
            forged.cookie, forged.csrf = client.cookie, token
            self.refused(forged.post('/api/v1/incidents', body), 403)
        foreign = client.post('/api/v1/incidents', body, {'Origin': 'https://evil.example', 'Sec-Fetch-Site': 'cross-site'})
        self.refused(foreign, 403)
        for kind in ('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'):
            self.refused(client.post('/api/v1/incidents', b'{"title": "x"}', {'Content-Type': kind}), (400, 415, 422))

    def test_a_bearer_token_needs_no_csrf_header(self):
        client = self.fresh(bearer=True)
        self.assertIsNone(client.cookie)
        self.report(client)

    def test_broken_credentials_are_nobody(self):
        good = self.fresh(bearer=True).bearer
        for token in ('', 'x', good[:-1], good + 'x', good.swapcase(), '../' + good, 'eyJhbGciOiJub25lIn0.e30.'):
            client = self.nobody()
            client.bearer = token
            self.refused(client.get(HERE), 401)
        for cookie in ('sid=', 'sid=x; __Host-sid=y', '__Host-sid=' + 'a' * 4000):
            client = self.nobody()
            client.cookie = cookie
            self.refused(client.get(HERE), 401)

    def test_spoofed_proxy_headers_give_nothing(self):
        for name in ('X-Forwarded-User', 'X-Remote-User', 'X-Original-URL', 'X-Forwarded-For', 'X-HTTP-Method-Override'):
            answer = self.nobody().call('GET', '/api/v1/incidents', headers={name: 'zhuguan'})
            self.refused(answer, 401)

    def test_an_api_token_works_until_it_is_withdrawn(self):
        client = self.fresh('zhuguan')
        made = self.ok(client.post('/api/v1/api-tokens', {'name': '监控大屏'}), 201)
        listed = self.ok(client.get('/api/v1/api-tokens'))
        self.assertIn(made['id'], [item['id'] for item in listed['items']])
        self.assertNotIn(made['token'], str(listed))
        machine = self.nobody()
        machine.bearer = made['token']
        self.ok(machine.get('/api/v1/incidents'))
        self.ok(client.delete(f'/api/v1/api-tokens/{made["id"]}'))
        self.refused(machine.get('/api/v1/incidents'), 401)

    def test_a_disabled_account_is_out_at_once(self):
        client = self.fresh('jicha')
        officer = self.as_('anquan')
        account = next(one for one in self.ok(officer.get('/api/v1/accounts'))['items'] if one['account'] == 'jicha')
        self.ok(officer.patch(f'/api/v1/accounts/{account["id"]}', {'disabled': True}))
        self.refused(client.get(HERE), 401)
        self.refused(self.nobody().login('jicha', password('jicha')), (401, 403))
        self.ok(officer.patch(f'/api/v1/accounts/{account["id"]}', {'disabled': False}))

    def test_officers_never_gain_a_second_officers_role(self):
        officer = self.as_('anquan')
        account = next(one for one in self.ok(officer.get('/api/v1/accounts'))['items'] if one['account'] == 'xitong')
        answer = officer.patch(f'/api/v1/accounts/{account["id"]}', {'roles': ['system_officer', 'audit_officer']})
        self.refused(answer, (409, 422))


class Guessing(ProductCase):
    """With the settings of an installation, not those of the tests."""
    server_settings = {'config': ''}

    def test_guessing_is_slowed_down(self):
        statuses = [self.nobody().login('shebei', f'guess-{number}').status for number in range(20)]
        self.assertEqual(401, statuses[0])
        self.assertIn(429, statuses)
        self.assertIn('retry-after', self.nobody().login('shebei', 'guess').headers)


if __name__ == '__main__':
    run()
