#!/usr/bin/env python3
"""kill -9, twenty times, while eight clients write: every acknowledged command is there exactly once.

Each client notes a command in its journal, a file outside the data folder, only after the answer 201 or 200.
At the end the journals are compared with what the server holds, and the ledger must be whole. The seed is
printed; YUNZHI_CRASH_SEED repeats a run's kill times, YUNZHI_CRASH_KILLS sets their number.
"""
import http.client
import os
import random
import threading
import time
from collections import Counter

from lib.case import ProductCase, password
from lib.client import Client
from lib.run import run

KILLS = int(os.environ.get('YUNZHI_CRASH_KILLS', '20'))
SEED = int(os.environ.get('YUNZHI_CRASH_SEED', str(random.randrange(1 << 32))))
CLIENTS = 8


class Writer(threading.Thread):
    """Reports faults, and assesses every third, until told to stop; outlives the server's deaths."""

    def __init__(self, number, server, bearer, folder):
        super().__init__(daemon=True)
        self.number, self.count, self.stopping = number, 0, False
        self.client = Client(server)
        self.client.bearer, self.client.check = bearer, False
        self.journal = open(folder / f'journal-{number}', 'a', encoding='utf-8')
        self.unexpected = []

    def note(self, act, key):
        self.journal.write(f'{act} {key}\n')
        self.journal.flush()

    def run(self):
        while not self.stopping:
            self.count += 1
            key = f'K{self.number}-{self.count}'
            try:
                made = self.client.post('/api/v1/incidents', {'title': key, 'description': key * 20, 'source': 'person'})
                if made.status != 201:
                    self.complain(made)
                    continue
                self.note('reported', key)
                if self.count % 3 == 0:
                    self.assess(key, made.json['id'])
            except (OSError, http.client.HTTPException, ValueError):
                self.client.close()
                time.sleep(0.05)

    def assess(self, key, record):
        found = self.client.get(f'/api/v1/incidents/{record}')
        task = found.json['tasks'][0]['id'] if found.status == 200 else None
        if task and self.client.post(f'/api/v1/tasks/{task}/claim').status < 300:
            done = self.client.post(f'/api/v1/tasks/{task}/complete', {'fields': {'severity': 'minor', 'urgency': 'low'}})
            if 200 <= done.status < 300:
                self.note('assessed', key)
            else:
                self.complain(done)

    def complain(self, answer):
        if answer.status not in (503, 429):
            self.unexpected.append(repr(answer))


class Kill(ProductCase):
    def test_every_acknowledged_command_is_there_exactly_once(self):
        print(f'seed {SEED}, {KILLS} kills', flush=True)
        dice = random.Random(SEED)
        chief = Client(self.server)
        self.assertEqual(201, chief.login('zhuguan', password('zhuguan'), bearer=True).status)
        writers = [Writer(number, self.server, chief.bearer, self.server.folder) for number in range(CLIENTS)]
        for writer in writers:
            writer.start()
        slowest = 0.0
        for _ in range(KILLS):
            time.sleep(dice.uniform(0.1, 1.0))
            self.server.kill()
            began = time.monotonic()
            self.server.start()
            slowest = max(slowest, time.monotonic() - began)
        time.sleep(0.5)
        for writer in writers:
            writer.stopping = True
        for writer in writers:
            writer.join(30)
        self.assertEqual([], [text for writer in writers for text in writer.unexpected][:5])
        self.judge(chief, slowest)

    def journals(self):
        noted = {'reported': [], 'assessed': []}
        for number in range(CLIENTS):
            for line in (self.server.folder / f'journal-{number}').read_text().split('\n'):
                if line:
                    act, key = line.split(' ')
                    noted[act].append(key)
        return noted

    def all_of(self, chief, path, **query):
        items, after = [], None
        while True:
            page = self.ok(chief.get(path, after=after, **query))
            items += page['items']
            after = page['next']
            if after is None:
                return items

    def judge(self, chief, slowest):
        noted = self.journals()
        records = self.all_of(chief, '/api/v1/incidents', limit=200)
        # Each inbox holds the steps of its own role: assessing is the supervisor's, diagnosing the operator's.
        tasks = Counter()
        for inbox in (chief, self.as_('yunwei')):
            for task in self.all_of(inbox, '/api/v1/tasks', state='open', limit=200):
                tasks[(task['record']['id'], task['element'])] += 1
        held = Counter(record['title'] for record in records)
        by_title = {record['title']: record for record in records}
        self.assertEqual([], [key for key in noted['reported'] if held[key] == 0], 'acknowledged and lost')
        self.assertEqual([], [title for title, count in held.items() if count > 1], 'stored twice')
        numbers = Counter(record['number'] for record in records)
        self.assertEqual([], [number for number, count in numbers.items() if count > 1], 'a number given twice')
        for key in noted['assessed']:
            self.assertEqual('diagnosing', by_title[key]['state'], key)
        for record in records:
            element = {'reported': 'assess', 'diagnosing': 'diagnose'}[record['state']]
            self.assertEqual(1, tasks[(record['id'], element)], f'{record["title"]} stands in {record["state"]} without its one task')
        verification = self.ok(self.as_('jicha').get('/api/v1/ledger/verification'))
        self.assertTrue(verification['ok'], verification)
        entries = self.all_of(self.as_('shenji'), '/api/v1/ledger', action='incident.report')
        self.assertEqual(len(records), len({entry['subject'] for entry in entries}))
        self.assertEqual(len(records), len(entries))
        self.assertGreater(len(noted['reported']), KILLS * 5, 'too little was written to mean anything')
        print(f'{len(noted["reported"])} reports and {len(noted["assessed"])} assessments acknowledged, all there once; '
              f'{len(records) - len(noted["reported"])} unacknowledged ones whole; slowest start {slowest:.2f} s', flush=True)


if __name__ == '__main__':
    run()
