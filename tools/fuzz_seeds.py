#!/usr/bin/env python3
"""Writes the first inputs of a fuzz target from what the tests and the pack hold: fuzz_seeds.py TARGET FOLDER."""
import hashlib
import html
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BPMN = ('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:yunzhi="https://yunzhi.dev/bpmn" '
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:flowable="http://flowable.org/bpmn" '
        'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">{}</definitions>')
DMN = ('<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="n">'
       '<inputData id="i" name="x"><variable name="x" typeRef="number"/></inputData>'
       '<decision id="d" name="D"><variable name="D"/><informationRequirement><requiredInput href="#i"/>'
       '</informationRequirement>{}</decision></definitions>')
RULES = ''.join(f'<rule><inputEntry><text>{test}</text></inputEntry><outputEntry><text>{result}</text></outputEntry>'
                '</rule>' for test, result in (('&gt; 1', '10'), ('[2..5]', 'x * 2'), ('-', '"three"')))
# Cells that are no tests, or are tests of an unusual kind.
CELLS = ['(1,2)', 'not((1,2))', '1, (1,2)', '("123", true)', '(<5, >10)', '?', '? in (1,2)', '[345, ? = 123]', 'not(?)']
POLICIES = ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'COLLECT" aggregation="SUM', 'COLLECT" aggregation="MAX',
            'RULE ORDER', 'OUTPUT ORDER']


def flow(line):
    ends, _, condition = line.partition(': ')
    source, _, target = (part.strip() for part in ends.partition('>'))
    inside = f'<conditionExpression>{html.escape(condition)}</conditionExpression>' if condition else ''
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'


def story_models():
    """The models of the stories, each of one process."""
    for path in sorted((ROOT / 'tests/process').glob('*.story')):
        for model in re.findall(r'^--- model\n(.*?)^--- story', path.read_text(encoding='utf-8'), re.S | re.M):
            lines = [line for line in model.splitlines() if not line.startswith(('process ', 'file'))]
            outside = ''.join(line[1:] for line in lines if line.startswith('@'))
            inside = '\n'.join(flow(line[5:]) if line.startswith('flow ') else line
                               for line in lines if not line.startswith('@'))
            yield BPMN.format(f'{outside}<process id="p">{inside}</process>')


def conditions():
    for path in sorted((ROOT / 'tests/process').glob('*.story')):
        yield from re.findall(r'^flow [^:\n]*: (.+)$', path.read_text(encoding='utf-8'), re.M)
    for path in sorted((ROOT / 'src/process/expression').glob('*_test.cpp')):
        yield from re.findall(r'R"\(([^)]{3,300})\)"', path.read_text(encoding='utf-8'))


def queries():
    for path in sorted((ROOT / 'tests/monitor').glob('*.test')):
        text = path.read_text(encoding='utf-8')
        yield from re.findall(r'^eval instant at \S+ (.+)$', text, re.M)
        yield from re.findall(r'^eval range from \S+ to \S+ step \S+ (.+)$', text, re.M)


def tables():
    for policy in POLICIES:
        yield DMN.format(f'<decisionTable hitPolicy="{policy}"><input><inputExpression><text>x</text></inputExpression>'
                         f'</input><output/>{RULES}</decisionTable>')
    for cell in map(html.escape, CELLS):
        yield DMN.format(f'<decisionTable><input><inputExpression><text>x</text></inputExpression><inputValues><text>'
                         f'{cell}</text></inputValues></input><output><outputValues><text>{cell}</text></outputValues>'
                         f'</output><rule><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>x</text>'
                         '</outputEntry></rule></decisionTable>')


def syslog():
    """The messages of the syslog tests, each as it is, as a counted frame and as a line."""
    text = (ROOT / 'src/monitor/log/syslog_test.cpp').read_text(encoding='utf-8')
    for literal in re.findall(r'"(<\d+>(?:[^"\\]|\\.)*)"', text):
        message = re.sub(r'\\(.)', r'\1', literal)
        yield from (message, f'{len(message.encode())} {message}', message + '\n')


def files(pattern):
    for path in sorted(ROOT.glob(pattern)):
        yield path.read_text(encoding='utf-8')


SEEDS = {
    'bpmn_fuzz': lambda: [*files('packs/*/processes/*.bpmn'), *story_models()],
    'decision_fuzz': lambda: list(tables()) +
                             [DMN.format(f'<literalExpression><text>{html.escape(text)}</text></literalExpression>')
                              for text in conditions()] + list(files('packs/*/decisions/*.dmn')),
    'expression_fuzz': lambda: CELLS + list(conditions()),
    'query_fuzz': queries,
    'syslog_fuzz': syslog,
    'rule_fuzz': lambda: files('packs/*/rules/*.yaml'),
}


def main():
    target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    for text in SEEDS.get(target, list)():
        data = text.encode()
        (folder / hashlib.sha256(data).hexdigest()[:24]).write_bytes(data)


if __name__ == '__main__':
    main()
