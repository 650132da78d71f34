#!/usr/bin/env python3
"""A new family of records is one folder and one word: adds one to a copy of the tree, builds and uses it."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
ROOT = Path(__file__).resolve().parent.parent

HEADER = '''// Keys of the machine rooms: who has which. A family that exists only in this test.
#pragma once

#include "record/module.hpp"
#include "record/record.hpp"
#include "record/settings.hpp"

namespace yunzhi::modules {

enum class KeyState { kept, handed_out, lost };
BOOST_DESCRIBE_ENUM(KeyState, kept, handed_out, lost)

struct DoorKey : record::Record {
  describe::Line name;
  std::optional<describe::Ref<"person">> holder;
  KeyState state = KeyState::kept;
};
BOOST_DESCRIBE_STRUCT(DoorKey, (record::Record), (name, holder, state))

record::Module door_key(record::Settings const& settings);

}  // namespace yunzhi::modules
'''
SOURCE = '''#include "modules/door_key/door_key.hpp"

namespace yunzhi::modules {

record::Module door_key(record::Settings const&) {
  record::Module module;
  module.kind = "door_key";
  module.plural = "door-keys";
  module.fields = describe::fields<DoorKey>();
  module.defaults = describe::to_json(DoorKey{});
  module.title = "name";
  module.needed = {"name"};
  module.given = module.editable = {"name", "holder", "state"};
  module.listed = {"id", "number", "name", "holder", "state"};
  module.sorted = {"created_at", "name"};
  module.searched = {"name"};
  module.people = {"holder"};
  module.closed = {"lost"};
  return module;
}

}  // namespace yunzhi::modules
'''
MIGRATION = '''create table door_key (
  id text primary key,
  number text not null unique,
  created_at bigint not null,
  created_by text not null,
  updated_at bigint not null,
  version bigint not null,
  name text not null,
  holder text,
  state text not null
);
create index door_key_created_at on door_key (created_at, id);
create index door_key_name on door_key (name, id);
'''


def copy_tree(target):
    """The sources as they stand; what is built or downloaded stays behind, but for the web's result."""
    shutil.copytree(ROOT, target, ignore=lambda folder, names: [
        name for name in names if name in ('.git', 'build', 'node_modules', '.tools', 'artifacts') or
        (Path(folder) == ROOT and name.startswith('data'))])


def add_module(tree):
    folder = tree / 'src/modules/door_key'
    (folder / 'migrations').mkdir(parents=True)
    (folder / 'door_key.hpp').write_text(HEADER)
    (folder / 'door_key.cpp').write_text(SOURCE)
    (folder / 'migrations/001_door_key.sql').write_text(MIGRATION)
    listing = tree / 'src/modules/CMakeLists.txt'
    listing.write_text(re.sub(r'set\(modules ([^)]*)\)', r'set(modules \1 door_key)', listing.read_text()))


def grant(tree):
    """What an organisation writes into its pack: who may, and how the records are numbered."""
    roles = tree / 'packs/standard/roles.yaml'
    roles.write_text(roles.read_text().replace('    - system.write:all\n', '    - system.write:all\n    - door_key.read:all\n'
                                               '    - door_key.write:all\n', 1))
    numbering = tree / 'packs/standard/numbering.yaml'
    numbering.write_text(numbering.read_text() + 'door_key: "KEY-{sequence:4}"\n')


def build(tree):
    environment = {**os.environ, 'CCACHE_BASEDIR': str(tree), 'CCACHE_NOHASHDIR': '1'}
    for command in (['cmake', '--preset', 'release'], ['ninja', '-C', 'build/release', 'yunzhi']):
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f'{" ".join(command)}:\n{done.stdout[-4000:]}{done.stderr[-2000:]}')


class NewModule(unittest.TestCase):
    def test_one_folder_and_one_word_make_a_family(self):
        with tempfile.TemporaryDirectory(prefix='yunzhi-module-') as folder:
            tree = Path(folder) / 'tree'
            copy_tree(tree)
            add_module(tree)
            grant(tree)
            checked = subprocess.run([sys.executable, tree / 'tools/layers.py', tree], capture_output=True, text=True, check=False)
            self.assertEqual(0, checked.returncode, checked.stdout)
            build(tree)
            self.use(tree)

    def found(self, client, path, **query):
        """The search index follows a write within a moment."""
        for _ in range(100):
            names = [item['name'] for item in client.get(path, **query).json['items']]
            if names:
                return names
            time.sleep(0.1)
        return []

    def use(self, tree):
        os.environ['YUNZHI_BINARY'] = str(tree / 'build/release/bin/yunzhi')
        from lib.case import ceremony, password
        from lib.client import Client
        from lib.server import Server
        server = Server(pack=tree / 'packs/standard').start()
        try:
            ceremony(server)
            client = Client(server)
            client.login('zhuguan', password('zhuguan'))
            path = '/api/v1/door-keys'
            made = client.post(path, {'name': '三号机房', 'holder': client.person})
            self.assertEqual(201, made.status, made)
            self.assertTrue(made.json['number'])
            self.assertEqual(422, client.post(path, {'name': '', 'colour': 'red'}).status)
            one = client.get(f'{path}/{made.json["id"]}')
            changed = client.patch(f'{path}/{made.json["id"]}', {'state': 'handed_out'}, {'If-Match': one.headers['etag']})
            self.assertEqual(200, changed.status, changed)
            self.assertEqual(['三号机房'], self.found(client, path, q='机房', state='handed_out'))
            self.assertEqual(2, len(client.get(f'{path}/{made.json["id"]}/timeline').json['items']))
            self.assertIn('door_key', [one['kind'] for one in client.get('/api/v1/modules').json['items']])
            self.assertIn('/api/v1/door-keys/{id}', client.get('/openapi.json').json['paths'])
        finally:
            server.stop()


if __name__ == '__main__':
    unittest.main(verbosity=2, warnings='ignore')
