#!/usr/bin/env python3
"""The ledger: every command leaves one entry, and one changed byte of an old entry is found by name."""
import os
import sqlite3
import subprocess
import unittest

from lib.case import ProductCase
from lib.postgresql import BIN
from lib.run import run
from lib.server import DATABASE


class Ledger(ProductCase):
    def verify(self):
        extra = ['--database', self.server.database] if self.server.database else []
        return self.server.command('ledger', 'verify', '--data', self.server.data, *extra)

    def test_1_a_command_leaves_one_entry_that_says_who_did_what(self):
        record = self.report()['id']
        found = self.ok(self.as_('shenji').get('/api/v1/ledger', subject=f'incident/{record}'))['items']
        self.assertEqual(1, len(found))
        self.assertEqual(self.as_('yewu').person, found[0]['actor'] if isinstance(found[0]['actor'], str) else found[0]['actor']['id'])
        self.assertEqual('incident.report', found[0]['action'])

    def test_2_a_refused_command_leaves_none(self):
        self.as_('zhuguan')
        before = self.ok(self.as_('shenji').get('/api/v1/ledger/verification'))['entries']
        self.as_('zhuguan').post('/api/v1/incidents', {'title': ''})
        self.assertEqual(before, self.ok(self.as_('shenji').get('/api/v1/ledger/verification'))['entries'])

    def test_3_the_ledger_holds_no_secret(self):
        text = str(self.ok(self.as_('shenji').get('/api/v1/ledger')))
        self.assertNotIn('Yz-2026-secret', text)
        self.assertNotIn('argon2', text)

    def test_4_operators_do_not_read_it(self):
        self.refused(self.as_('yunwei').get('/api/v1/ledger'), 403)

    def test_5_an_untouched_ledger_verifies_while_the_server_runs_and_after(self):
        for _ in range(30):
            self.report()
        answer = self.ok(self.as_('jicha').get('/api/v1/ledger/verification'))
        self.assertTrue(answer['ok'])
        self.assertIsNone(answer['first_bad'])
        self.assertGreaterEqual(answer['entries'], 31)
        self.assertEqual(0, self.verify()[0], self.verify()[1])

    def test_6_one_changed_byte_of_an_old_entry_is_found_and_named(self):
        record = self.report(title='被篡改的故障 ZQXJ')['id']
        entry = self.ok(self.as_('shenji').get('/api/v1/ledger', subject=f'incident/{record}'))['items'][0]['seq']
        for _ in range(5):
            self.report()
        self.server.stop()
        if DATABASE == 'sqlite':
            self.flip_byte_in_file(b'ZQXJ', b'ZQXK')
        else:
            self.change_row('ZQXJ', 'ZQXK')
        code, text = self.verify()
        self.assertNotEqual(0, code, text)
        self.assertIn(str(entry), text)
        self.server.start()
        answer = self.ok(self.as_('jicha').get('/api/v1/ledger/verification'))
        self.assertEqual([False, entry], [answer['ok'], answer['first_bad']])

    def flip_byte_in_file(self, old, new):
        """Changes one byte inside the ledger table's page, in the file itself."""
        path = os.path.join(self.server.data, 'yunzhi.db')
        with sqlite3.connect(path) as database:
            database.execute('pragma wal_checkpoint(truncate)')
            table = next(name for name, in database.execute("select name from sqlite_master where type = 'table' and name like '%ledger%'"))
            columns = [row[1] for row in database.execute(f'pragma table_info({table})')]
            column = next(name for name in columns
                          if database.execute(f"select 1 from {table} where cast({name} as text) like '%{old.decode()}%'").fetchone())
            page_of = {row[0]: row for row in database.execute(f"select rowid, {column} from {table}")}
        self.assertTrue(page_of)
        with open(path, 'rb') as file:
            content = file.read()
        entry_text = next(str(row[1]) for row in page_of.values() if old.decode() in str(row[1])).encode()
        position = content.index(entry_text) + entry_text.index(old)
        with open(path, 'r+b') as file:
            file.seek(position)
            file.write(new)

    def change_row(self, old, new):
        query = "select table_name || '.' || column_name from information_schema.columns where table_name = 'ledger' and data_type = 'text'"
        columns = self.psql(query).split()
        for column in columns:
            table, name = column.split('.')
            self.psql(f"alter table {table} disable trigger all; "
                      f"update {table} set {name} = replace({name}, '{old}', '{new}') where {name} like '%{old}%'")

    def psql(self, text):
        done = subprocess.run([BIN / 'psql', '-d', self.server.database, '-Atqc', text], capture_output=True, text=True, check=False)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout


if __name__ == '__main__':
    run()
