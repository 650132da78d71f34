#!/usr/bin/env python3
"""Attachments: bytes come back as they went in, never as a page, never from another place."""
import hashlib
import os
from urllib.parse import quote

from lib.case import ProductCase
from lib.run import run

BINARY = {'Content-Type': 'application/octet-stream'}


class Attachments(ProductCase):
    def setUp(self):
        self.client = self.as_('yewu')
        self.record = self.report()['id']
        self.path = f'/api/v1/incidents/{self.record}/attachments'

    def put(self, body, name='截图.png', kind=None):
        return self.client.post(self.path, body, kind or BINARY, name=name)

    def test_bytes_return_unchanged_under_their_name(self):
        body = os.urandom(300_000)
        made = self.ok(self.put(body, '现场 照片.png'), 201)
        listed = self.ok(self.client.get(self.path))['items']
        self.assertEqual(['现场 照片.png'], [item['name'] for item in listed])
        answer = self.client.get(f'/api/v1/attachments/{made["id"]}')
        self.assertEqual(hashlib.sha256(body).digest(), hashlib.sha256(answer.body).digest())
        self.assertTrue(answer.headers['content-disposition'].startswith('attachment'))
        self.assertIn(quote('现场 照片.png'), answer.headers['content-disposition'])
        self.assertEqual('nosniff', answer.headers['x-content-type-options'])
        self.assertIn('sandbox', answer.headers['content-security-policy'])

    def test_pages_and_pictures_with_scripts_are_never_shown(self):
        for name, body in (('a.html', b'<script>alert(1)</script>'), ('b.svg', b'<svg onload="alert(1)" xmlns="http://www.w3.org/2000/svg"/>')):
            made = self.ok(self.put(body, name, {'Content-Type': 'text/html'}), 201)
            answer = self.client.get(f'/api/v1/attachments/{made["id"]}')
            self.assertNotIn(answer.type, ('text/html', 'image/svg+xml', 'application/xhtml+xml'))
            self.assertTrue(answer.headers['content-disposition'].startswith('attachment'))

    def test_names_that_try_to_leave_the_folder_stay_names(self):
        for name in ('../../etc/passwd', '..\\..\\boot.ini', '/etc/passwd', 'a\r\nSet-Cookie: x=1', 'a"b', '.' * 300, '\u202egnp.exe'):
            with self.subTest(name[:20]):
                answer = self.put(b'x', name)
                if answer.status == 201:
                    stored = self.client.get(f'/api/v1/attachments/{answer.json["id"]}')
                    self.assertEqual(b'x', stored.body)
                    self.assertNotIn('set-cookie', stored.headers)
                else:
                    self.refused(answer, (400, 422))

    def test_too_much_is_refused_early(self):
        self.client.check = False
        try:
            answer = self.client.call('POST', self.path + '?name=big', None, {**BINARY, 'Content-Length': str(1 << 40)})
            self.assertEqual(413, answer.status, answer)
        except (ConnectionError, OSError):
            pass  # cut off before the answer could be read
        finally:
            self.client.close()
            self.client.check = True

    def test_a_stranger_gets_none(self):
        made = self.ok(self.put(b'secret'), 201)
        self.refused(self.nobody().get(f'/api/v1/attachments/{made["id"]}'), 401)
        self.refused(self.client.get('/api/v1/attachments/01900000-0000-7000-8000-000000000000'), 404)
        self.refused(self.client.post('/api/v1/incidents/01900000-0000-7000-8000-000000000000/attachments', b'x', BINARY, name='x'), (403, 404))

    def test_the_bytes_lie_encrypted_on_the_disk(self):
        marker = b'PATIENT-IN-CLEAR-TEXT-' * 50
        self.ok(self.put(marker), 201)
        for folder, _, files in os.walk(self.server.data):
            for name in files:
                with open(os.path.join(folder, name), 'rb') as file:
                    self.assertNotIn(marker[:44], file.read(), name)


if __name__ == '__main__':
    run()
