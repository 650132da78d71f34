#!/usr/bin/env python3
"""Reads the tree as a careful reviewer would: what no compiler or formatter sees.

Each check is a generator of (path, line, sentence) over the files git knows. Run without arguments on this
repository; tidy_test.py feeds it a bad tree.
"""
import json
import os
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

CPP = ('.hpp', '.cpp')
WEB = ('.ts', '.tsx')
TEXT = CPP + WEB + ('.py', '.mjs', '.sql', '.md', '.yaml', '.cmake', '.css', '.sh', '.json', '.txt', '')
LANGUAGES = ('zh-CN', 'zh-TW', 'en')
FORBIDDEN = re.compile(
    r'\b(TODO|FIXME|XXX|HACK)\b|(?i:\bfor now\b|\btemporary hack\b|lorem ipsum)')
LITERAL = r'"((?:[^"\\]|\\.)*)"'
SQL_START = re.compile(r'"\s*(select|insert into|update|delete from|with)\s', re.IGNORECASE)


class Tree:
    """The files of one repository, read once."""

    def __init__(self, root):
        self.root = Path(root)
        self._texts = {}
        listed = subprocess.run(['git', '-C', str(root), 'ls-files', '-co', '--exclude-standard', '-z'],
                                capture_output=True, text=True, check=False)
        if listed.returncode == 0 and (self.root / '.git').exists():
            names = sorted(set(listed.stdout.split('\0')) - {''})
        else:
            names = sorted(self.unignored())
        self.names = [name for name in names if (self.root / name).is_file()]

    def unignored(self):
        """The files of a tree without git, such as an unpacked archive: what .gitignore names is left out."""
        ignore = self.root / '.gitignore'
        patterns = [line.strip().rstrip('/') for line in ignore.read_text().splitlines()] if ignore.is_file() else []
        for folder, folders, files in os.walk(self.root):
            here = Path(folder).relative_to(self.root)
            ignored = lambda name: any(fnmatch((here / name).as_posix(), pattern[1:]) if pattern.startswith('/')
                                       else fnmatch(name, pattern) for pattern in patterns if pattern)
            folders[:] = [name for name in folders if not ignored(name)]
            yield from ((here / name).as_posix() for name in files if not ignored(name))

    def text(self, name):
        if name not in self._texts:
            self._texts[name] = (self.root / name).read_text(errors='replace')
        return self._texts[name]

    def files(self, suffixes, under='', tests=True):
        for name in self.names:
            if name.startswith(under) and Path(name).suffix in suffixes:
                if tests or not re.search(r'(_test\.cpp|_fuzz\.cpp|_bench\.cpp|test_main\.cpp|\.test\.tsx?)$', name):
                    yield name


def line_of(text, position):
    return text.count('\n', 0, position) + 1


def blank(match):
    return re.sub(r'[^\n]', ' ', match.group(0))


def code_only(text):
    """The C++ text with comments and literals blanked out, positions kept."""
    pattern = r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\''
    return re.sub(pattern, blank, text, flags=re.DOTALL)


def head_comments(tree):
    """A file says in its first lines what it is; a .cpp may leave that to the header it begins with."""
    for name in tree.files(CPP + WEB + ('.py', '.mjs'), tests=False):
        if not name.startswith(('src/', 'web/src/', 'tools/', 'tests/', 'bench/', 'demo/')) or name.endswith('.d.ts'):
            continue
        first = re.sub(r'^#!.*\n', '', tree.text(name)).lstrip('\n')
        if not first or (name.endswith('.cpp') and first.startswith('#include "')):
            continue
        if not first.startswith(('//', '/*', '"""', '#')) or first.startswith(('#include', '#pragma')):
            yield name, 1, 'has no head comment that says what the file is'


def forbidden_words(tree):
    for name in tree.files(TEXT):
        if name.startswith(('tools/tidy', 'LICENSE')) or name.endswith('package-lock.json'):
            continue
        for match in FORBIDDEN.finditer(tree.text(name)):
            yield name, line_of(tree.text(name), match.start()), f'"{match.group(0)}" has no place in the product'


def snake(name):
    return re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', name).lower()


def names_match_types(tree):
    """A type lives in the file named as it, when the room has such a file."""
    headers = {name for name in tree.files(('.hpp',), 'src/')}
    for name in headers:
        folder, stem = name.rsplit('/', 1)[0], Path(name).stem
        text = tree.text(name)
        for match in re.finditer(r'^(?:struct|class)(?:\s+\[\[\w+\]\])?\s+([A-Z]\w*)\s*(?:final\s*)?(?::[^:;{]*)?\{', text, re.MULTILINE):
            home = f'{folder}/{snake(match.group(1))}.hpp'
            if snake(match.group(1)) != stem and home in headers:
                yield name, line_of(text, match.start()), f'{match.group(1)} belongs into {home}'


def includes_of(tree, name):
    return re.findall(r'^\s*#include "([^"]+)"', tree.text(name), re.MULTILINE) if name in tree.names else []


def tested_headers(tree):
    """Headers that tests include, and what those stand on inside the same room."""
    waiting = [(header, name.split('/')[1]) for name in tree.files(('.cpp',), 'src/') if name.endswith('_test.cpp')
               for header in includes_of(tree, name) + [name[4:-9] + '.hpp']]
    makers = {}
    for name in tree.files(('.cpp',), 'src/', tests=False):
        for header in includes_of(tree, name)[:1] + [name[4:-4] + '.hpp']:
            makers.setdefault(header, set()).add(name)
    found = set()
    while waiting:
        header, room = waiting.pop()
        if header not in found and header.split('/')[0] == room:
            found.add(header)
            for source in {f'src/{header}'} | makers.get(header, set()):
                waiting += [(inner, room) for inner in includes_of(tree, source)]
    return found


def tests_beside(tree):
    """A source with logic has its test beside it, is what a tested header of its room stands on, or lies in a folder
    with a test of the whole (store/store_test.cpp). Routes are tested over HTTP, app's wiring by every product test."""
    tested = tested_headers(tree)
    for name in tree.files(('.cpp',), 'src/', tests=False):
        branches = len(re.findall(r'\b(if|for|while|switch|case)\b|\?', code_only(tree.text(name))))
        if branches < 6 or name.startswith('src/app/') or re.search(r'/routes/|routes\.cpp$', name):
            continue
        folder = name.rsplit('/', 1)[0]
        if f'{folder}/{Path(folder).name}_test.cpp' in tree.names:
            continue
        if name[4:-4] + '.hpp' not in tested and not tested.intersection(includes_of(tree, name)[:1]):
            yield name, 1, f'has {branches} branches and no test beside it'


def regular_expressions(tree):
    for name in tree.files(CPP, 'src/'):
        for match in re.finditer(r'std::(w)?regex|#include <regex>', code_only(tree.text(name)) + tree.text(name)[:0]):
            yield name, line_of(tree.text(name), match.start()), 'std::regex can be made to run for ever: use RE2'


def built_sql(tree):
    """SQL text never carries values. Names put into it need a defence: a comment "sql: …" just above."""
    for name in tree.files(('.cpp', '.hpp'), 'src/', tests=False):
        text = tree.text(name)
        lines = text.splitlines()
        for match in SQL_START.finditer(text):
            statement = split_arguments(text, match.start())[0].split(';\n')[0]
            before = text[:match.start()]
            glued = re.search(LITERAL + r'\s*\+|\+\s*' + LITERAL, statement) or re.search(r'format\(\s*$|\+=\s*$', before)
            number = line_of(text, match.start())
            if glued and 'sql:' not in '\n'.join(lines[max(0, number - 9):number]):
                yield name, number, 'SQL is glued together; bind values, and defend names with a comment "sql: …"'


def statement_end(code, position):
    """Where the statement ends: at its semicolon, or at the block of the `if (…) {` around it."""
    depth = 0
    while position < len(code) and code[position] != ';':
        if code[position] == '{' and depth < 0:
            break
        depth += {'(': 1, ')': -1}.get(code[position], 0)
        position += 1
    return position


def coroutines(tree):
    """g++ 12 miscompiles some forms of co_await silently; these are the safe ones."""
    for name in tree.files(CPP, 'src/'):
        code = code_only(tree.text(name))
        allowed = name.startswith(('src/http/', 'src/monitor/scrape', 'src/app/'))
        for match in re.finditer(r'\bco_await\b', code):
            number = line_of(code, match.start())
            if not allowed:
                yield name, number, 'co_await belongs in http, monitor/scrape and app only'
                continue
            begin = max(code.rfind(mark, 0, match.start()) for mark in ';{}') + 1
            end = statement_end(code, match.end())
            after = code[match.end():end]
            if '?' in code[begin:end]:
                yield name, number, 'co_await and ?: in one statement are miscompiled: use if and a named variable'
            elif re.search(r'\w\s*\{|[(,]\s*\{', after):
                yield name, number, 'braces inside co_await are miscompiled: use a named variable'
            elif re.search(r'[(,]\s*\[[^\]]*\]\s*[({m]', after):
                yield name, number, 'a lambda inside co_await is miscompiled: use a named variable'


def unescaped(parts):
    return json.loads('"' + re.sub(r'\\(?!["\\/bfnrtu])', r'\\\\', ''.join(parts)) + '"')


def sentences_of(argument):
    """The sentences a literal argument spells (two for `a ? "x" : "y"`); none when it is no literal."""
    spelt = rf'\s*((?:{LITERAL}\s*)+)'
    match = re.fullmatch(rf'(?:[^"]*\?{spelt}:)?{spelt}', argument)
    return [unescaped(re.findall(LITERAL, part)) for part in (match.group(1), match.group(3)) if part] if match else []


def helper_sentences(text_of_file, position):
    """refuse(…, text) inside a function that is given its sentence: the literals of that function's calls."""
    found = re.findall(r'^[\w:<>&* ]+?\b(\w+)\([^;{}]*\b(?:text|sentence)\b[^;{}]*\)\s*(?:const\s*)?\{', text_of_file[:position],
                       re.MULTILINE)
    if not found:
        yield line_of(text_of_file, position), None
        return
    for call in re.finditer(rf'\b{found[-1]}\(', text_of_file):
        arguments = split_arguments(text_of_file, call.end())
        spelt = [text for one in arguments for text in sentences_of(one) if ' ' in text]
        if not spelt and 'string_view' not in ''.join(arguments):
            spelt = [None]
        yield from ((line_of(text_of_file, call.start()), one) for one in spelt)


def refusal_texts(tree):
    """Every (file, line, sentence) a user can be told; None where the sentence is no literal."""
    call = re.compile(r'\brefuse\(\s*(?:yunzhi::)?Why::\w+\s*,')
    for name in tree.files(CPP, 'src/', tests=False):
        text = tree.text(name)
        if name == 'src/base/result.hpp':
            continue
        for match in call.finditer(text):
            arguments = split_arguments(text, match.end())
            sentences = sentences_of(arguments[1]) if len(arguments) > 1 else []
            yield from ((name, line_of(text, match.start()), one) for one in sentences)
            if not sentences:
                yield from ((name, number, one) for number, one in helper_sentences(text, match.start()))


def split_arguments(text, position):
    """The arguments of a call from just inside it, split at the commas of its own level."""
    arguments, depth, start, quoted = [], 1, position, False
    while position < len(text) and depth:
        char = text[position]
        if quoted:
            if char == '\\':
                position += 1
            quoted = char != '"'
        elif char == '"':
            quoted = True
        elif char in '([{':
            depth += 1
        elif char in ')]}':
            depth -= 1
        elif char == ',' and depth == 1:
            arguments.append(text[start:position])
            start = position + 1
        position += 1
    return arguments + [text[start:position - 1]]


def translations(tree):
    words = {}
    for language in ('zh-CN', 'zh-TW'):
        name = f'packs/standard/words/problems.{language}.json'
        words[language] = json.loads(tree.text(name)) if name in tree.names else {}
    for name, number, sentence in refusal_texts(tree):
        if sentence is None:
            yield name, number, 'the sentence of refuse() is a key and must be a literal'
            continue
        for language, known in words.items():
            if sentence not in known:
                yield name, number, f'"{sentence}" is not translated into {language}'
            elif known[sentence].count('{}') != sentence.count('{}'):
                yield name, number, f'"{sentence}" has another number of gaps in {language}'


def flatten(value, prefix=''):
    if not isinstance(value, dict):
        return {prefix[:-1]: value}
    found = {}
    for key, inner in value.items():
        found.update(flatten(inner, f'{prefix}{key}.'))
    return found


def tables_complete(tree):
    """words.json of a web room: key -> [zh-CN, zh-TW, en], all three said."""
    for name in tree.files(('.json',)):
        if name.endswith(('/words.json', '/later_words.json')):
            for key, texts in json.loads(tree.text(name)).items():
                if len(texts) != len(LANGUAGES) or not all(texts):
                    yield name, 1, f'"{key}" is not said in all of {", ".join(LANGUAGES)}'
                elif len({tuple(sorted(re.findall(r'{{.*?}}', text))) for text in texts}) > 1:
                    yield name, 1, f'"{key}" has different gaps in its languages'


def words_complete(tree):
    """Catalogues named <what>.<language>.json or <language>.json hold the same keys in every language."""
    groups = {}
    for name in tree.files(('.json',)):
        match = re.search(r'^(.*?)(zh-CN|zh-TW|en)\.json$', name)
        if match:
            groups.setdefault(match.group(1), {})[match.group(2)] = flatten(json.loads(tree.text(name)))
    yield from tables_complete(tree)
    for prefix, languages in groups.items():
        expected = [one for one in LANGUAGES if one != 'en' or not prefix.endswith('problems.')]
        keys = set().union(*languages.values())
        for language in expected:
            lacking = sorted(keys - set(languages.get(language, {})))
            empty = sorted(key for key, text in languages.get(language, {}).items() if text == '')
            if lacking:
                yield f'{prefix}{language}.json', 1, f'lacks {len(lacking)} words: {", ".join(lacking[:8])}'
            if empty:
                yield f'{prefix}{language}.json', 1, f'has empty words: {", ".join(empty[:8])}'


CHECKS = (head_comments, forbidden_words, names_match_types, tests_beside, regular_expressions, built_sql,
          coroutines, translations, words_complete)


def main(root):
    tree = Tree(root)
    count = 0
    for check in CHECKS:
        for name, number, sentence in check(tree):
            print(f'{name}:{number}: {sentence}')
            count += 1
    print(f'{count} complaints' if count else f'tidy: {len(tree.names)} files read, nothing to say')
    return 1 if count else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent))
