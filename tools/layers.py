#!/usr/bin/env python3
"""Holds the C++ and web sources to their floor plans (src/floors.txt, web/src/floors.txt).

A room is the first folder below the source root. Lines of a plan:
  3 process monitor       rooms of floor 3: they include lower floors only, and never each other
  allow duty record       an exception for two rooms of one floor
  only process/model base describe    what this part of a room may include besides the room itself
  open base/text          a sub-folder whose headers other rooms may include
  made embedded           headers the build makes; they belong to no room
  split modules           each folder of this room is a house of its own: siblings never meet
"""
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')
IMPORT = re.compile(r"""(?:\bfrom\s+|\bimport\s*\(?\s*)['"]([^'"]+)['"]""")


@dataclass
class Plan:
    floor: dict = field(default_factory=dict)
    allow: set = field(default_factory=set)
    only: dict = field(default_factory=dict)
    open: set = field(default_factory=set)
    split: set = field(default_factory=set)
    made: set = field(default_factory=set)


def read_plan(path):
    plan = Plan()
    for line in path.read_text().splitlines():
        words = line.split('#')[0].split()
        if not words:
            continue
        head, rest = words[0], words[1:]
        if head.isdigit():
            plan.floor.update({room: int(head) for room in rest})
        elif head == 'allow':
            plan.allow.add((rest[0], rest[1]))
        elif head == 'only':
            plan.only[rest[0]] = set(rest[1:])
        elif head in ('open', 'split', 'made'):
            getattr(plan, head).update(rest)
        else:
            raise SystemExit(f'{path}: "{head}" begins no known line')
    return plan


def inside(path, folder):
    return path == folder or path.startswith(folder + '/')


def judge(plan, source, target, is_header):
    """Why `source` may not include `target` (both relative to the root), or None."""
    here, there = source.split('/')[0], target.split('/')[0]
    if there in plan.made:
        return None
    if there not in plan.floor:
        return None if '/' not in target else f'"{there}" is no room of the plan'
    for part, rooms in plan.only.items():
        if inside(source, part) and not inside(target, part) and there not in rooms:
            if not any(inside(target, room) for room in rooms):
                return f'{part} may include only {", ".join(sorted(rooms))}'
    if here == there:
        own, other = source.split('/')[1:-1], target.split('/')[1:-1]
        if here in plan.split and own and other and own[0] != other[0]:
            return f'{here}/{own[0]} and {here}/{other[0]} are siblings'
        return None
    if plan.floor[there] > plan.floor[here]:
        return f'{here} (floor {plan.floor[here]}) looks up to {there} (floor {plan.floor[there]})'
    if plan.floor[there] == plan.floor[here] and (here, there) not in plan.allow:
        return f'{here} and {there} stand on the same floor'
    depth = 2 if there in plan.split else 1
    folder = '/'.join(target.split('/')[:-1])
    if is_header and target.count('/') > depth and not any(inside(folder, one) for one in plan.open):
        return f'{target} is private to {there}: only headers at the top of a room are its door'
    return None


def resolve_import(root, file, name):
    """The path below root that a TypeScript import names, or None for packages."""
    if name.startswith('@/'):
        path = root / name[2:]
    elif name.startswith('.'):
        path = file.parent / name
    else:
        return None
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return None


def check(root, suffixes):
    plan = read_plan(root / 'floors.txt')
    is_cpp = '.hpp' in suffixes
    complaints = []
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        if folder.name not in plan.floor:
            complaints.append(f'{folder}: the folder stands on no floor of {root}/floors.txt')
    for file in sorted(path for path in root.rglob('*') if path.suffix in suffixes):
        source = file.relative_to(root).as_posix()
        if '/' not in source or source.split('/')[0] not in plan.floor:
            continue
        for number, line in enumerate(file.read_text(errors='replace').splitlines(), 1):
            if is_cpp:
                found = INCLUDE.match(line)
                targets = [found.group(1)] if found else []
            else:
                targets = [resolve_import(root, file, name) for name in IMPORT.findall(line)]
            for target in filter(None, targets):
                why = judge(plan, source, target, is_cpp)
                if why:
                    complaints.append(f'{file}:{number}: {why}')
    return complaints


def main(top):
    complaints = []
    for folder, suffixes in (('src', ('.hpp', '.cpp')), ('web/src', ('.ts', '.tsx'))):
        if (top / folder / 'floors.txt').exists():
            complaints += check(top / folder, suffixes)
        elif (top / folder).exists():
            complaints.append(f'{folder}/floors.txt is missing')
    print('\n'.join(complaints) or 'the floors are kept')
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent)))
