#!/usr/bin/env python3
"""Runs clang-tidy over the sources, remembering by content what was clean.

The key of a file is the digest of itself, every project header it includes, the compile command and the check
list, so an unchanged file costs nothing. The run has a time budget: the files changed last come first, and
what the budget leaves out is named and read by the next run.
Usage: lint.py BUILD_FOLDER [--budget SECONDS] [--jobs N]
"""
import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INCLUDE = re.compile(rb'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def digest_of(path, known):
    """Digests of the file and of all project headers below it."""
    if path not in known:
        known[path] = set()
        content = path.read_bytes()
        found = {hashlib.sha256(content).hexdigest()}
        for name in INCLUDE.findall(content):
            header = ROOT / 'src' / name.decode()
            if header.exists():
                found |= digest_of(header, known)
        known[path] = found
    return known[path]


def last_changed_first(files):
    log = subprocess.run(['git', '-C', str(ROOT), 'log', '-n', '60', '--format=', '--name-only'],
                         capture_output=True, text=True, check=False).stdout.split()
    rank = {}
    for name in log:
        rank.setdefault(str(ROOT / name), len(rank))
    return sorted(files, key=lambda file: (rank.get(file, len(rank)), file))


def lint(build, file, deadline):
    """None when the budget is used up, else (file, complaints)."""
    if time.monotonic() > deadline:
        return None
    done = subprocess.run(['clang-tidy-14', '-p', str(build), '--quiet', '--extra-arg=-Wno-unknown-warning-option', file],
                          capture_output=True, text=True, check=False)
    noise = re.compile(r'^\d+ warnings? (generated|treated)')
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip() and not noise.match(line)]
    return file, '\n'.join(lines) if done.returncode else ''


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('build', type=Path)
    arguments.add_argument('--budget', type=int, default=420)
    arguments.add_argument('--jobs', type=int, default=os.cpu_count())
    options = arguments.parse_args()
    cache = ROOT / 'build' / 'lint'
    cache.mkdir(parents=True, exist_ok=True)
    commands = {entry['file']: entry['command'] for entry in json.loads((options.build / 'compile_commands.json').read_text())
                if entry['file'].startswith(str(ROOT / 'src')) and not re.search(r'_(test|fuzz|bench)\.cpp$', entry['file'])}
    checks = (ROOT / '.clang-tidy').read_text()
    known, keys = {}, {}
    for file, command in commands.items():
        parts = sorted(digest_of(Path(file), known)) + [re.sub(r' -o \S+', '', command), checks]
        keys[file] = cache / hashlib.sha256('\n'.join(parts).encode()).hexdigest()
    waiting = last_changed_first(file for file, key in keys.items() if not key.exists())
    deadline = time.monotonic() + options.budget
    with ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda file: lint(options.build, file, deadline), waiting))
    dirty = 0
    for result in filter(None, results):
        if result[1]:
            dirty += 1
            print(result[1])
        else:
            keys[result[0]].touch()
    left = results.count(None)
    print(f'lint: {len(keys)} files, {len(waiting) - left} read now, {dirty} with complaints, {left} left for the next run')
    return 1 if dirty else 0


if __name__ == '__main__':
    sys.exit(main())
