#!/usr/bin/env python3
"""Lists: paging by cursor, filters, sort, field selection, search in Chinese, and the limits of each."""
from lib.case import ProductCase
from lib.run import run

TITLES = [f'第{number:02d}号打印机卡纸' for number in range(25)] + ['磁盘空间不足告警', 'Network is slow', '磁带机异响']


class Lists(ProductCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.as_('zhuguan')
        cls.made = []
        for number, title in enumerate(TITLES):
            answer = cls.client.post('/api/v1/incidents', {'title': title, 'description': 'x', 'source': 'person',
                                                           'severity': 'major' if number % 2 else 'low', 'urgency': 'low'})
            cls.made.append(answer.json['id'])

    def list(self, **query):
        return self.ok(self.client.get('/api/v1/incidents', **query))

    def test_pages_follow_each_other_without_gap_or_repeat(self):
        seen, after, pages = [], None, 0
        while True:
            page = self.list(limit=7, after=after, sort='created_at')
            seen += [item['id'] for item in page['items']]
            after, pages = page['next'], pages + 1
            if after is None:
                break
        self.assertEqual(self.made, seen)
        self.assertEqual(4, pages)

    def test_pages_stay_true_while_new_records_arrive(self):
        first = self.list(limit=10, sort='created_at')
        extra = self.report(title='插队的故障')['id']
        rest, after = [], first['next']
        while after:
            page = self.list(limit=10, sort='created_at', after=after)
            rest += [item['id'] for item in page['items']]
            after = page['next']
        ids = [item['id'] for item in first['items']] + rest
        self.assertEqual(len(set(ids)), len(ids))
        self.assertIn(extra, ids)
        Lists.made.append(extra)

    def test_the_newest_stand_first_by_default_or_by_sort(self):
        descending = [item['created_at'] for item in self.list(sort='-created_at', limit=50)['items']]
        self.assertEqual(sorted(descending, reverse=True), descending)
        numbers = [item['number'] for item in self.list(sort='number', limit=50)['items']]
        self.assertEqual(sorted(numbers), numbers)
        self.assertEqual(len(self.made), len(numbers))

    def test_filters_narrow_and_combine(self):
        major = self.list(severity='major', limit=200, fields='severity')['items']
        self.assertEqual({'major'}, {item['severity'] for item in major})
        both = self.list(severity='major,low', limit=200)['items']
        self.assertGreater(len(both), len(major))
        self.assertEqual([], self.list(severity='major', state='closed')['items'])
        self.assertEqual([], self.list(created_at__to='2020-01-01T00:00:00Z')['items'])
        self.assertEqual(len(self.made), len(self.list(created_at__from='2020-01-01T00:00:00Z', limit=200)['items']))

    def test_the_total_is_told(self):
        total = self.list(limit=1)['total']
        self.assertEqual(len(self.made), total['count'])
        self.assertTrue(total['exact'])

    def test_search_finds_two_chinese_characters_and_latin_words(self):
        self.eventually(lambda: [item['title'] for item in self.list(q='磁盘')['items']] == ['磁盘空间不足告警'], 10)
        self.assertEqual(['Network is slow'], [item['title'] for item in self.list(q='network')['items']])
        found = self.ok(self.client.get('/api/v1/search', q='磁带机'))['items']
        self.assertEqual(['磁带机异响'], [item['title'] for item in found])

    def test_only_the_asked_fields_come(self):
        item = self.list(fields='title,state', limit=1)['items'][0]
        self.assertIn('title', item)
        self.assertNotIn('description', item)

    def test_wrong_questions_are_refused_by_name(self):
        for query in ({'sort': 'password'}, {'sort': '-nothing'}, {'fields': 'secret'}, {'limit': '0'}, {'limit': '100000'},
                      {'limit': 'x'}, {'limit': '-1'}, {'severity': 'huge'}, {'nothing': '1'}, {'after': 'garbage'},
                      {'created_at__from': 'yesterday'}, {'severity': ','.join(['major'] * 500)}, {'password': 'x'}):
            with self.subTest(str(query)[:60]):
                problem = self.refused(self.client.get('/api/v1/incidents', **query), (400, 422))
                self.assertTrue(problem.get('errors') or problem.get('detail'))

    def test_every_family_lists_alike(self):
        for plural in ('incidents', 'systems', 'people', 'units'):
            page = self.ok(self.client.get(f'/api/v1/{plural}', limit=5))
            self.assertLessEqual({'items', 'next', 'total'}, set(page))


if __name__ == '__main__':
    run()
