#!/usr/bin/env python3
"""layers.py finds every kind of wrong step, and none in a tree that keeps its plan."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import layers

PLAN = '''# plan
0 base
1 store http
2 process record duty
3 modules
allow duty record
only process/engine base
open base/text
split modules
'''


class Layers(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        (self.root / 'floors.txt').write_text(PLAN)

    def tearDown(self):
        self.folder.cleanup()

    def put(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def complaints(self, suffixes=('.hpp', '.cpp')):
        return '\n'.join(layers.check(self.root, suffixes))

    def test_a_tree_that_keeps_its_plan_is_left_alone(self):
        self.put('record/record.cpp', '#include "base/text/utf8.hpp"\n#include "store/store.hpp"\n#include <map>\n')
        self.put('duty/plan.cpp', '#include "record/record.hpp"\n')
        self.put('process/engine/step.cpp', '#include "process/engine/token.hpp"\n#include "base/id.hpp"\n')
        self.put('modules/incident/rules.cpp', '#include "modules/incident/incident.hpp"\n#include "record/record.hpp"\n')
        self.assertEqual('', self.complaints())

    def test_an_include_of_a_higher_floor_is_found_with_its_line(self):
        self.put('base/id.cpp', '\n#include "store/store.hpp"\n')
        self.assertIn('id.cpp:2: base (floor 0) looks up to store', self.complaints())

    def test_rooms_of_one_floor_do_not_meet(self):
        self.put('http/server.cpp', '#include "store/store.hpp"\n')
        self.put('record/record.cpp', '#include "duty/plan.hpp"\n')
        self.assertIn('http and store stand on the same floor', self.complaints())
        self.assertIn('record and duty stand on the same floor', self.complaints())

    def test_a_private_header_is_not_included_from_outside(self):
        self.put('record/record.cpp', '#include "store/sqlite/writer.hpp"\n')
        self.assertIn('is private to store', self.complaints())

    def test_modules_do_not_know_their_siblings(self):
        self.put('modules/incident/rules.cpp', '#include "modules/system/system.hpp"\n')
        self.assertIn('are siblings', self.complaints())

    def test_a_restricted_part_keeps_its_short_list(self):
        self.put('process/engine/step.cpp', '#include "process/durable/rows.hpp"\n#include "store/store.hpp"\n')
        self.assertIn('step.cpp:1: process/engine may include only base', self.complaints())
        self.assertIn('step.cpp:2: process/engine may include only base', self.complaints())

    def test_a_folder_outside_the_plan_is_named(self):
        self.put('helpers/helper.cpp', '')
        self.assertIn('stands on no floor', self.complaints())

    def test_web_imports_follow_the_same_plan(self):
        self.put('base/words.ts', "import { Store } from '../store/store';\nimport React from 'react';\n")
        self.put('http/client.tsx', "const page = import('@/record/list');\n")
        self.put('record/list.tsx', "import { get } from '../http/client';\n")
        found = self.complaints(('.ts', '.tsx'))
        self.assertIn('words.ts:1: base (floor 0) looks up to store', found)
        self.assertIn('client.tsx:1: http (floor 1) looks up to record', found)
        self.assertNotIn('list.tsx', found)


if __name__ == '__main__':
    unittest.main()
