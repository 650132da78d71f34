#!/usr/bin/env python3
"""Bulk import that keeps its own dates, and export that opens safely in a spreadsheet."""
import csv
import io
import json

from lib.case import ProductCase
from lib.run import run

LINES = {'Content-Type': 'application/x-ndjson'}


def lines(*records):
    return '\n'.join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def past(number, **fields):
    day = f'2026-0{1 + number % 9}-1{number % 10}'
    return {'title': f'历史故障 {number}', 'description': '从旧系统迁入', 'source': 'person', 'created_at': f'{day}T08:00:00Z',
            'started_at': f'{day}T07:30:00Z', 'closed_at': f'{day}T12:00:00Z', 'state': 'closed', 'severity': 'minor', 'urgency': 'low',
            'cause': '磁盘老化', 'handling': '更换磁盘', 'result': '恢复', 'improvement': '定期巡检', **fields}


class Transfer(ProductCase):
    def setUp(self):
        self.client = self.as_('zhuguan')

    def load(self, body, dry_run=False, kind=LINES):
        return self.client.post('/api/v1/incidents/import', body, kind, **({'dry_run': 'true'} if dry_run else {}))

    def titled(self, text):
        return self.ok(self.client.get('/api/v1/incidents', q=text, limit=200))['items']

    def test_history_keeps_its_own_dates(self):
        done = self.ok(self.load(lines(*(past(number, title=f'迁移记录 {number}') for number in range(20)))))
        self.assertEqual([20, []], [done['accepted'], done['errors']])
        self.eventually(lambda: len(self.titled('迁移记录')) == 20, 10)
        found = self.titled('迁移记录')
        one = next(item for item in found if item['title'] == '迁移记录 3')
        self.assertEqual('2026-04-13T08:00:00', one['created_at'][:19])
        self.assertEqual('closed', one['state'])

    def test_a_dry_run_judges_and_stores_nothing(self):
        done = self.ok(self.load(lines(past(1, title='试运行'), {'title': ''}), dry_run=True))
        self.assertEqual({2}, {fault['line'] for fault in done['errors']})
        self.assertEqual([], self.ok(self.load(lines(past(1, title='试运行')), dry_run=True))['errors'])
        self.assertEqual([], self.titled('试运行'))

    def test_wrong_lines_are_named_and_nothing_is_half_done(self):
        body = lines(past(1, title='半途')) + b'\n{broken\n' + lines(past(2, title='半途', severity='huge'))
        problem = self.refused(self.load(body), (400, 422), '/3/severity')
        self.assertEqual({'2', '3'}, {error['pointer'].split('/')[1] for error in problem['errors']})
        self.assertEqual([], self.titled('半途'))

    def test_import_is_for_those_who_may(self):
        self.refused(self.as_('yewu').post('/api/v1/incidents/import', lines(past(1)), LINES), 403)

    def test_an_export_holds_the_filtered_rows_and_no_formulas(self):
        for title in ('=HYPERLINK("http://evil")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '普通，带"引号"'):
            self.report(self.client, title=title.strip() if title.startswith('\t') else title, severity='critical', urgency='low')
        answer = self.client.get('/api/v1/incidents/export', format='csv', severity='critical')
        self.ok(answer)
        self.assertIn('attachment', answer.headers['content-disposition'])
        rows = list(csv.reader(io.StringIO(answer.body.decode('utf-8-sig'))))
        self.assertEqual(6, len(rows) - 1)
        for row in rows[1:]:
            for cell in row:
                self.assertFalse(cell[:1] in ('=', '+', '-', '@', '\t') and not cell[1:].replace('.', '').isdigit(), cell)
        self.assertIn('普通，带"引号"', [cell for row in rows for cell in row])

    def test_an_unknown_format_is_refused(self):
        self.refused(self.client.get('/api/v1/incidents/export', format='exe'), (400, 422))


if __name__ == '__main__':
    run()
