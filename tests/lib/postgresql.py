"""A throw-away PostgreSQL 15 cluster in a temporary folder, stopped and removed at the end of the test program."""
import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from lib.ports import free_port

BIN = Path('/usr/lib/postgresql/15/bin')


class Cluster:
    """One cluster; `create()` gives the URL of a new empty database on it."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix='yunzhi-postgresql-'))
        # The programs refuse to run as root.
        self.user = {'user': 'postgres', 'group': 'postgres', 'extra_groups': []} if os.geteuid() == 0 else {}
        if self.user:
            account = pwd.getpwnam('postgres')
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self.port = free_port()
        self.databases = 0
        data = self.folder / 'data'
        self._run('initdb', '-D', data, '-U', 'yunzhi', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync')
        with open(self.folder / 'log', 'wb') as log:
            self.process = subprocess.Popen(
                [BIN / 'postgres', '-D', data, '-h', '127.0.0.1', '-p', str(self.port), '-k', self.folder,
                 '-c', 'fsync=off', '-c', 'max_connections=60'],
                stdout=log, stderr=log, cwd='/', **self.user)
        atexit.register(self.stop)
        self._wait()

    def _run(self, program, *arguments):
        done = subprocess.run([BIN / program, *map(str, arguments)], capture_output=True, text=True, cwd='/', check=False,
                              **self.user)
        if done.returncode:
            raise RuntimeError(f'{program}: {done.stdout}{done.stderr}')

    def _wait(self):
        for _ in range(300):
            ready = subprocess.run([BIN / 'pg_isready', '-q', '-h', '127.0.0.1', '-p', str(self.port)], check=False)
            if ready.returncode == 0:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError('PostgreSQL did not start: ' + (self.folder / 'log').read_text()[-2000:])

    def create(self):
        self.databases += 1
        name = f'yunzhi_{self.databases}'
        self._run('createdb', '-h', '127.0.0.1', '-p', self.port, '-U', 'yunzhi', name)
        return f'postgresql://yunzhi@127.0.0.1:{self.port}/{name}'

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


_cluster = None


def new_database():
    """The URL of an empty database; the first call starts the cluster."""
    global _cluster
    if _cluster is None:
        _cluster = Cluster()
    return _cluster.create()
