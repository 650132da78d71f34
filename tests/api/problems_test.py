#!/usr/bin/env python3
"""Problems are told in the reader's language, and tell nothing of the inside."""
import re

from lib.case import ProductCase
from lib.run import run

CHINESE = re.compile('[\u4e00-\u9fff]')
INSIDE = re.compile(r'sqlite|postgres|select |insert |\.cpp|/home/|/tmp/|std::|boost|soci|exception', re.IGNORECASE)


class Problems(ProductCase):
    def provoke(self, language):
        client = self.as_('zhuguan', language)
        absent = '/api/v1/incidents/01900000-0000-7000-8000-000000000000'
        yield client.post('/api/v1/incidents', {'title': '', 'description': 'x', 'source': 'person', 'severity': 'huge', 'colour': 1})
        yield client.post('/api/v1/incidents', b'{', {'Content-Type': 'application/json'})
        yield client.get(absent)
        yield client.patch(absent, {'title': 'x'}, {'If-Match': '"1"'})
        yield client.get('/api/v1/incidents', sort='nothing')
        yield client.get('/api/v1/nothing')
        yield client.delete('/api/v1/incidents')
        yield client.get('/api/v1/accounts')
        yield self.nobody(language).get('/api/v1/incidents')
        yield self.nobody(language).login('nobody', 'nothing-at-all')
        yield client.get('/prometheus/api/v1/query', query='sum(')

    def test_every_sentence_is_in_the_language_asked_for(self):
        for language in ('zh-CN', 'zh-TW', 'en'):
            for answer in self.provoke(language):
                if not 'problem' in answer.type:
                    continue
                sentences = [answer.json['title'], answer.json.get('detail') or answer.json['title']]
                sentences += [error['detail'] for error in answer.json.get('errors', [])]
                for sentence in sentences:
                    with self.subTest(language=language, sentence=sentence):
                        self.assertEqual(language != 'en', bool(CHINESE.search(sentence)))

    def test_traditional_and_simplified_differ(self):
        client = lambda language: self.as_('zhuguan', language).post('/api/v1/incidents', {'title': ''})
        self.assertNotEqual(client('zh-CN').body, client('zh-TW').body)

    def test_chinese_is_the_default(self):
        answer = self.nobody().raw('GET', '/api/v1/incidents')
        self.assertTrue(CHINESE.search(answer.json['title']))
        answer = self.nobody().raw('GET', '/api/v1/incidents', headers={'Accept-Language': 'fr, de;q=0.5'})
        self.assertTrue(CHINESE.search(answer.json['title']))

    def test_each_names_the_request_and_none_the_inside(self):
        for answer in self.provoke('en'):
            if 'problem' in answer.type:
                self.assertTrue(answer.json['request_id'])
            self.assertIsNone(INSIDE.search(answer.body.decode()), answer)


if __name__ == '__main__':
    run()
