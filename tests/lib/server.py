"""The product's server as a child process on a free port with a temporary data folder."""
import atexit
import http.client
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from lib.ports import free_port
from lib.postgresql import new_database

ROOT = Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get('YUNZHI_BINARY', str(ROOT / 'build/release/bin/yunzhi'))
DATABASE = os.environ.get('YUNZHI_TEST_DATABASE', 'sqlite')
SLOW = 'asan' in BINARY  # a sanitized server needs more patience

# Tests sign in dozens of times a minute, so passwords are hashed at little cost and nobody is slowed down.
QUICK = '''[access]
unthrottled_loopback = true
password_memory_mib = 8
password_passes = 1

[monitor]
scrape_interval = "PT1S"
'''


class Server:
    """Starts, stops, kills and starts again one server on one data folder."""

    def __init__(self, *options, pack=None, data=None, preexec=None, config=QUICK):
        self.folder = Path(tempfile.mkdtemp(prefix='yunzhi-test-'))
        atexit.register(self._remove)
        self.data = Path(data) if data else self.folder / 'data'
        self.log = self.folder / 'server.log'
        self.port = free_port()
        self.preexec = preexec
        self.options = [str(option) for option in options]
        self.database = None
        if DATABASE == 'postgresql':
            self.database = new_database()
            self.options += ['--database', self.database]
        self.options += ['--pack', str(pack or ROOT / 'packs/standard')]
        if config is not None:
            (self.folder / 'yunzhi.toml').write_text(config)
            self.options += ['--config', str(self.folder / 'yunzhi.toml')]
        self.process = None

    @property
    def address(self):
        return f'127.0.0.1:{self.port}'

    def start(self, wait=True):
        with open(self.log, 'ab') as log:
            self.process = subprocess.Popen(
                [BINARY, 'serve', '--data', str(self.data), '--listen', self.address, *self.options],
                stdout=log, stderr=log, cwd=self.folder, preexec_fn=self.preexec,
                env={**os.environ, 'ASAN_OPTIONS': 'detect_leaks=0:abort_on_error=0'})
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f'the server ended with {self.process.returncode}:\n{self.tail()}')
            try:
                connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=5)
                connection.request('GET', '/health/ready')
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.02)
        raise AssertionError(f'the server is not ready after {seconds} s:\n{self.tail()}')

    def code(self):
        """The one-time set-up code from the printed address, which comes just after the server is ready."""
        for _ in range(100):
            found = re.findall(r'#code=([A-Za-z0-9_-]+)', self.log.read_text())
            if found:
                return found[-1]
            time.sleep(0.05)
        raise AssertionError('the server printed no set-up code:\n' + self.tail())

    def stop(self):
        """A polite end; anything but a clean exit is a failure of the test."""
        if self.process is None or self.process.poll() is not None:
            code = self.process.returncode if self.process else 0
        else:
            self.process.send_signal(signal.SIGTERM)
            try:
                code = self.process.wait(60 if SLOW else 30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError('the server did not stop on SIGTERM:\n' + self.tail()) from None
        self.process = None
        log = self.log.read_text(errors='replace')
        if code != 0 or 'AddressSanitizer' in log or 'runtime error:' in log:
            raise AssertionError(f'the server ended with {code}:\n{self.tail(8000)}')

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def restart(self):
        self.stop()
        return self.start()

    def memory_mb(self):
        status = Path(f'/proc/{self.process.pid}/status').read_text()
        return int(re.search(r'VmRSS:\s+(\d+)', status).group(1)) / 1024

    def tail(self, characters=3000):
        return self.log.read_text(errors='replace')[-characters:] if self.log.exists() else ''

    def command(self, *arguments):
        """Runs another yunzhi command on the same data: (exit code, everything it printed)."""
        done = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120)
        return done.returncode, done.stdout + done.stderr

    def _remove(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
