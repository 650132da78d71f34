#!/usr/bin/env python3
"""tidy.py complains about each kind of untidiness, at its line, and is quiet about a tidy tree."""
import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import tidy

HEAD = '// What this file is.\n'
SENTENCE = 'must have at most {} characters'


class Tidy(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def put(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def complaints(self, check):
        return [f'{name}:{number}: {text}' for name, number, text in check(tidy.Tree(self.root))]

    def only(self, check):
        found = self.complaints(check)
        self.assertEqual(1, len(found), found)
        return found[0]

    def test_without_git_what_gitignore_names_is_not_read(self):
        self.put('.gitignore', '/build/\nnode_modules/\n*.log\n')
        for path in ('build/x.cpp', 'web/node_modules/a/b.ts', 'server.log', 'src/build/x.cpp'):
            self.put(path, HEAD)
        self.assertEqual(['.gitignore', 'src/build/x.cpp'], tidy.Tree(self.root).names)

    def test_a_file_without_head_comment_is_named(self):
        self.put('src/base/id.hpp', '#pragma once\n')
        self.put('src/base/id.cpp', '\n#include "base/id.hpp"\n')
        self.put('src/base/clock.hpp', HEAD + '#pragma once\n')
        self.assertIn('src/base/id.hpp:1', self.only(tidy.head_comments))

    def test_unfinished_work_is_named_with_its_line(self):
        self.put('src/base/id.cpp', HEAD + '// TO' + 'DO later\n')
        self.assertIn('src/base/id.cpp:2', self.only(tidy.forbidden_words))

    def test_a_type_outside_its_own_file_is_named(self):
        self.put('src/base/clock.hpp', HEAD + 'class Clock {\n};\nstruct AlertRule {\n};\n')
        self.put('src/base/alert_rule.hpp', HEAD)
        self.assertIn('clock.hpp:4: AlertRule belongs into src/base/alert_rule.hpp', self.only(tidy.names_match_types))

    def test_logic_without_a_test_is_named(self):
        logic = 'void f() {' + 'if (a) b();' * 9 + '}'
        self.put('src/base/id.cpp', HEAD + logic)
        self.put('src/base/text.cpp', HEAD + logic)
        self.put('src/base/text_test.cpp', '')
        self.put('src/base/text.hpp', '#include "base/width.hpp"\n')
        self.put('src/base/width.cpp', '#include "base/width.hpp"\n' + logic)
        self.put('src/access/routes/door.cpp', logic)
        self.assertIn('src/base/id.cpp:1', self.only(tidy.tests_beside))

    def test_standard_regular_expressions_are_refused(self):
        self.put('src/base/id.cpp', HEAD + '// std::regex is named here only\nstd::regex pattern;\n')
        self.assertIn('id.cpp:3', self.only(tidy.regular_expressions))

    def test_sql_with_values_in_its_text_is_refused(self):
        self.put('src/record/a.cpp', 'r.rows<int>("select a from t where b = " + value);\n')
        self.put('src/record/b.cpp', '// sql: the column comes from the description\nx("select a from t order by " + column);\n')
        self.put('src/record/c.cpp', 'x("select a from t where b = :b", value + "x");\nx(fmt::format("select {} from t", a));\n')
        found = '\n'.join(self.complaints(tidy.built_sql))
        self.assertIn('a.cpp:1', found)
        self.assertNotIn('b.cpp', found)
        self.assertIn('c.cpp:2', found)
        self.assertNotIn('c.cpp:1', found)

    def test_coroutines_keep_to_their_rooms_and_to_safe_forms(self):
        self.put('src/store/a.cpp', 'co_await f();\n')
        self.put('src/http/b.cpp', 'x = c ? co_await f(Obj("t")) : n;\n')
        self.put('src/http/c.cpp', 'co_await f(P{"aa", b});\nco_await f({"p", "q"});\n')
        self.put('src/http/d.cpp', 'co_await f([text] { return text; });\n')
        self.put('src/http/e.cpp', 'auto [e, n] = co_await read(a[0], buffer(b));\nif (co_await more(x)) {\n  y = c ? 1 : 2;\n}\n')
        found = '\n'.join(self.complaints(tidy.coroutines))
        for expected in ('a.cpp:1: co_await belongs', 'b.cpp:1: co_await and ?:', 'c.cpp:1: braces', 'c.cpp:2: braces',
                         'd.cpp:1: a lambda'):
            self.assertIn(expected, found)
        self.assertNotIn('e.cpp', found)

    def test_untranslated_and_built_sentences_are_named(self):
        self.put('src/base/a.cpp', f'return refuse(Why::invalid, "/a", "{SENTENCE}", g(1, 2));\n'
                 'return refuse(Why::missing, f(a, ","), "no such "\n    "thing");\n'
                 'return refuse(Why::missing, "", text);\n')
        self.put('packs/standard/words/problems.zh-CN.json', json.dumps({SENTENCE: '最多 {} 个字符', 'no such thing': '没有'}))
        self.put('packs/standard/words/problems.zh-TW.json', json.dumps({SENTENCE: '最多個字元'}))
        found = '\n'.join(self.complaints(tidy.translations))
        self.assertIn('a.cpp:1: "must have at most {} characters" has another number of gaps in zh-TW', found)
        self.assertIn('a.cpp:2: "no such thing" is not translated into zh-TW', found)
        self.assertNotIn('zh-CN', found)
        self.assertIn('a.cpp:4: the sentence of refuse() is a key', found)

    def test_sentences_given_to_a_helper_are_found_at_its_calls(self):
        self.put('src/base/a.cpp', 'Refusal wrong(std::string const& p, std::string_view text) {\n'
                 '  return refuse(Why::invalid, p, text);\n}\nf() { return wrong(p, c ? "must be text" : "must be a day"); }\n')
        found = self.complaints(tidy.translations)
        self.assertIn('src/base/a.cpp:4: "must be text" is not translated into zh-CN', found)
        self.assertIn('src/base/a.cpp:4: "must be a day" is not translated into zh-CN', found)
        self.assertEqual(4, len(found))

    def test_catalogues_with_missing_words_are_named(self):
        self.put('web/src/words/zh-CN.json', '{"a": {"b": "一", "c": "二"}}')
        self.put('web/src/words/zh-TW.json', '{"a": {"b": "一", "c": ""}}')
        self.put('web/src/words/en.json', '{"a": {"b": "one"}}')
        self.put('web/src/kit/words.json', '{"ok": ["好", "好", "ok"], "two": ["一", "二"], "gap": ["{{n}} 个", "個", "{{n}}"]}')
        found = '\n'.join(self.complaints(tidy.words_complete))
        self.assertIn('"two" is not said in all', found)
        self.assertIn('"gap" has different gaps', found)
        self.assertNotIn('"ok"', found)
        self.assertIn('en.json:1: lacks 1 words: a.c', found)
        self.assertIn('zh-TW.json:1: has empty words: a.c', found)


if __name__ == '__main__':
    unittest.main()
