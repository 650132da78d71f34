// Rules between form and YAML.
import { expect, test } from 'vitest';
import { draftOf, drawnOf, emptyDraft, placeOf, yamlOf } from './rule_draft';

test('a rule is written with its keys in a fixed order and quotes where YAML needs them', () => {
  const draft = {
    ...emptyDraft('rate(x{mode="idle"}[5m]) > 5'),
    name: '磁盘将满',
    summary: "it's {{ $labels.instance }}: full",
    description: '第一行\n第二行',
    labels: [['team', 'ops']] as [string, string][],
  };
  expect(yamlOf(draft)).toBe(
    `alert: 磁盘将满
expr: 'rate(x{mode="idle"}[5m]) > 5'
for: 5m
labels:
  severity: major
  team: ops
annotations:
  summary: 'it''s {{ $labels.instance }}: full'
  description: |-
    第一行
    第二行
`,
  );
});

test('levels take the place of the one severity', () => {
  const levels = [{ severity: 'minor', when: '> 80' }];
  const yaml = yamlOf({ ...emptyDraft('used'), name: 'Full', levels });
  expect(yaml).toContain("levels:\n  - severity: minor\n    when: '> 80'\n");
  expect(yaml).not.toContain('labels');
});

test('a forecast and a baseline are written with their figure and the terms that are given', () => {
  const forecast = { ...emptyDraft('free'), name: 'Full', condition: 'forecast' as const };
  expect(yamlOf(forecast)).toContain(
    "forecast:\n  expr: free\n  reaches: '<= 0'\n  within: 3d\n  from: 6h\n",
  );
  expect(yamlOf(forecast)).not.toMatch(/^expr/m);
  const baseline = { ...emptyDraft('busy'), name: 'Odd', condition: 'baseline' as const };
  expect(yamlOf(baseline)).toContain(
    "baseline:\n  expr: busy\n  season: 1w\n  seasons: '4'\n  deviations: '3'\n  side: both\n",
  );
});

test('a forecast comes back into the form and draws its figure with the bound', () => {
  const rule = { alert: 'Full', forecast: { expr: 'free', reaches: '<= 0', from: '2h' } };
  const draft = draftOf(rule);
  expect(draft).toMatchObject({
    condition: 'forecast',
    expr: 'free',
    forecast: { reaches: '<= 0', within: '', from: '2h' },
  });
  expect(drawnOf(rule)).toBe('(free) <= 0');
  expect(drawnOf({ baseline: { expr: 'busy' } })).toBe('busy');
  expect(placeOf('/yaml/forecast/expr:1:6')).toEqual({ field: 'expr', line: 1, column: 6 });
  expect(placeOf('/yaml/forecast/reaches').field).toBe('forecast/reaches');
});

test('words that YAML would take for something else are quoted, and odd texts are escaped', () => {
  expect(yamlOf({ ...emptyDraft(), name: 'no' })).toContain("alert: 'no'");
  expect(yamlOf({ ...emptyDraft(), name: 'A', summary: ' a\nb' })).toContain('summary: " a\\nb"');
  expect(yamlOf({ ...emptyDraft(), name: 'A', summary: '\ta' })).toContain('summary: "\\ta"');
});

test('a recorded figure has no keys of alerts', () => {
  const yaml = yamlOf({ ...emptyDraft('count(up)'), kind: 'record', name: 'up:count', summary: 'x' });
  expect(yaml).toBe("record: 'up:count'\nexpr: count(up)\n");
});

test('what the server read comes back into the form', () => {
  const draft = draftOf({
    alert: 'A',
    expr: 'up',
    for: '1m',
    no_data: 'resolve',
    labels: { severity: 'minor', team: 'ops' },
    annotations: { summary: 's', runbook: 'r' },
  });
  expect(draft).toMatchObject({
    kind: 'alert',
    hold: '1m',
    severity: 'minor',
    no_data: '',
    labels: [['team', 'ops']],
    summary: 's',
    annotations: [['runbook', 'r']],
  });
});

test('a fault finds its field and its place there', () => {
  expect(placeOf('/yaml/expr:2:6')).toEqual({ field: 'expr', line: 2, column: 6 });
  expect(placeOf('/yaml/alert')).toEqual({ field: 'name' });
  expect(placeOf('/yaml/levels/0/when')).toEqual({ field: 'levels/0/when' });
  expect(placeOf('/yaml/3:5')).toEqual({ field: '' });
  expect(placeOf('/yaml')).toEqual({ field: '' });
});
