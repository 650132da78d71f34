#!/usr/bin/env python3
"""A full disk: writes get 507 with a plain message, reads go on, and writing resumes when there is room."""
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from lib.case import ProductCase, ceremony
from lib.run import run
from lib.server import Server

MEGABYTE = 1 << 20


def small_disk():
    """A mounted tmpfs of 24 MB, or None where mounting is not allowed."""
    folder = tempfile.mkdtemp(prefix='yunzhi-disk-')
    done = subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], capture_output=True, check=False)
    if done.returncode == 0:
        return Path(folder)
    os.rmdir(folder)
    return None


def limit_files():
    """Where no small disk can be had, no file may grow over 8 MB; the write fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8 * MEGABYTE, resource.RLIM_INFINITY))


class DiskFull(ProductCase):
    @classmethod
    def setUpClass(cls):
        cls.disk = small_disk()
        cls.server = Server(data=cls.disk / 'data' if cls.disk else None, preexec=None if cls.disk else limit_files).start()
        cls.clients = {}
        ceremony(cls.server)

    @classmethod
    def tearDownClass(cls):
        try:
            super().tearDownClass()
        finally:
            if cls.disk:
                subprocess.run(['umount', cls.disk], check=False)
                shutil.rmtree(cls.disk, ignore_errors=True)

    def fill(self):
        if self.disk:
            with open(self.disk / 'filler', 'wb', buffering=0) as file:
                try:
                    while True:
                        file.write(b'x' * 4096)
                except OSError:
                    pass

    def make_room(self):
        if self.disk:
            os.remove(self.disk / 'filler')
        else:
            pid = self.server.process.pid
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def test_writing_stops_reading_goes_on_writing_resumes(self):
        client = self.as_('zhuguan')
        acknowledged = [self.report(client)['id']]
        self.fill()
        full = None
        for number in range(4000):
            answer = client.post('/api/v1/incidents', {'title': f'满盘 {number}', 'description': 'x' * 15000, 'source': 'person'})
            if answer.status != 201:
                full = answer
                break
            acknowledged.append(answer.json['id'])
        self.assertIsNotNone(full, 'the disk never got full')
        problem = self.refused(full, 507)
        self.assertTrue(problem.get('detail') or problem['title'])
        self.refused(client.post('/api/v1/incidents', {'title': '再试', 'description': 'x' * 15000, 'source': 'person'}), 507)
        self.ok(client.get('/api/v1/incidents', limit=50))
        self.ok(client.get(f'/api/v1/incidents/{acknowledged[-1]}'))
        self.make_room()
        resumed = self.eventually(lambda: self.try_report(client), 30, 0.5)
        acknowledged.append(resumed)
        self.server.restart()
        ids, after = set(), None
        while True:
            page = self.ok(client.get('/api/v1/incidents', limit=200, after=after))
            ids |= {item['id'] for item in page['items']}
            after = page['next']
            if after is None:
                break
        self.assertEqual(set(), set(acknowledged) - ids)
        self.assertTrue(self.ok(self.as_('jicha').get('/api/v1/ledger/verification'))['ok'])

    def try_report(self, client):
        answer = client.post('/api/v1/incidents', {'title': '恢复', 'description': '', 'source': 'person'})
        return answer.json['id'] if answer.status == 201 else None


if __name__ == '__main__':
    run()
