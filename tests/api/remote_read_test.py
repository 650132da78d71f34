#!/usr/bin/env python3
"""The engine alone reads from a Prometheus and from a VictoriaMetrics, where their programs are installed."""
import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.parse
import urllib.request
from pathlib import Path

from lib.ports import free_port
from lib.run import run

BINARY = os.environ['YUNZHI_BINARY']


class Program:
    """A server in a folder of its own, up when its path answers."""

    def __init__(self, case, command, ready, files=None):
        self.folder = Path(tempfile.mkdtemp(prefix='yunzhi-reading-'))
        case.addCleanup(shutil.rmtree, self.folder, True)
        self.port = free_port()
        self.url = f'http://127.0.0.1:{self.port}'
        for name, text in (files or {}).items():
            (self.folder / name).write_text(text)
        words = [word.format(folder=self.folder, port=self.port) for word in command]
        log = (self.folder / 'log').open('ab')
        self.process = subprocess.Popen(words, stdout=log, stderr=log)
        case.addCleanup(log.close)
        case.addCleanup(self.stop)
        until = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(self.url + ready, timeout=5).read()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise AssertionError((self.folder / 'log').read_text()[-2000:])
                time.sleep(0.05)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)

    def get(self, path, **query):
        with urllib.request.urlopen(f'{self.url}{path}?{urllib.parse.urlencode(query)}', timeout=30) as reply:
            return json.load(reply)['data']


def engine(case, configuration):
    return Program(case, [BINARY, 'monitor', 'serve', '--data', '{folder}/data', '--listen', '127.0.0.1:{port}',
                          '--config', '{folder}/prometheus.yml'], '/-/ready', {'prometheus.yml': configuration})


class Configuration(unittest.TestCase):
    def test_a_subquery_without_a_step_takes_the_interval_of_the_rules(self):
        alone = engine(self, 'global: {evaluation_interval: 5s}\n')
        found = alone.get('/api/v1/query', query='count_over_time(vector(1)[1m:])')['result']
        self.assertEqual('12', found[0]['value'][1])


class RemoteRead(unittest.TestCase):
    def read_from(self, far, write_path):
        now = int(time.time()) // 60 * 60
        feeder = engine(self, f'remote_write: [{{url: "{far.url}{write_path}"}}]\n')
        lines = ''.join(f'load{{room="{room}"}} {minute} {(now - 600 + minute * 60) * 1000}\n' for room in (1, 2) for minute in range(10))
        with urllib.request.urlopen(urllib.request.Request(feeder.url + '/api/v1/import/prometheus', lines.encode())):
            pass
        near = engine(self, f'remote_read: [{{url: "{far.url}/api/v1/read", read_recent: true}}]\n')
        query = {'query': 'sum by (room) (increase(load[5m]))', 'time': now}
        until = time.monotonic() + 60
        found = []
        while time.monotonic() < until and len(found) < 2:
            found = near.get('/api/v1/query', **query)['result']
            time.sleep(0.2)
        self.assertEqual({'1', '2'}, {each['metric']['room'] for each in found})
        # Both answer as this engine does over the same samples.
        self.assertEqual(feeder.get('/api/v1/query', **query)['result'], found)
        span = {'query': 'load{room="1"}', 'start': now - 600, 'end': now, 'step': 15}
        self.assertEqual(feeder.get('/api/v1/query_range', **span)['result'], near.get('/api/v1/query_range', **span)['result'])
        times = {'start': now - 900, 'end': now}
        self.assertEqual(['1', '2'], near.get('/api/v1/label/room/values', **{'match[]': 'load', **times}))

    @unittest.skipUnless(shutil.which('prometheus'), 'prometheus is not installed')
    def test_samples_of_a_prometheus(self):
        far = Program(self, ['prometheus', '--config.file={folder}/p.yml', '--storage.tsdb.path={folder}/tsdb', '--web.listen-address=127.0.0.1:{port}',
                             '--web.enable-remote-write-receiver', '--log.level=warn'], '/-/ready', {'p.yml': 'global: {}\n'})
        self.read_from(far, '/api/v1/write')

    @unittest.skipUnless(shutil.which('victoria-metrics'), 'victoria-metrics is not installed')
    def test_samples_of_a_victoria_metrics(self):
        far = Program(self, ['victoria-metrics', '-storageDataPath={folder}/data', '-httpListenAddr=127.0.0.1:{port}', '-retentionPeriod=1y',
                             '-loggerLevel=WARN', '-search.latencyOffset=0s'], '/health')
        self.read_from(far, '/api/v1/write')


if __name__ == '__main__':
    run()
