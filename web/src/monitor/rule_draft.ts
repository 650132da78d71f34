// A rule as a form holds it, and the YAML it is saved as.
import type { BaselineTerms, ForecastTerms, WrittenRule } from '@/api/rules';

export interface RuleDraft {
  kind: 'alert' | 'record';
  name: string;
  /** What `expr` is: the condition itself, or the figure that is followed on or compared. */
  condition: 'expr' | 'forecast' | 'baseline';
  expr: string;
  forecast: ForecastTerms;
  baseline: BaselineTerms;
  hold: string;
  keep_firing: string;
  /** One severity for all; levels take its place when there are some. */
  severity: string;
  levels: { severity: string; when: string }[];
  recover: string;
  no_data: string;
  flapping: { times: string; within: string };
  summary: string;
  description: string;
  labels: [string, string][];
  annotations: [string, string][];
}

const forecast: ForecastTerms = { reaches: '<= 0', within: '3d', from: '6h' };
const baseline: BaselineTerms = { season: '1w', seasons: '4', deviations: '3', at_least: '', side: 'both' };

export function emptyDraft(expr = ''): RuleDraft {
  return {
    kind: 'alert',
    name: '',
    condition: 'expr',
    expr,
    forecast,
    baseline,
    hold: '5m',
    keep_firing: '',
    severity: 'major',
    levels: [],
    recover: '',
    no_data: '',
    flapping: { times: '', within: '' },
    summary: '',
    description: '',
    labels: [],
    annotations: [],
  };
}

export function draftOf(rule: WrittenRule): RuleDraft {
  const { severity = '', ...labels } = rule.labels ?? {};
  const { summary = '', description = '', ...annotations } = rule.annotations ?? {};
  return {
    kind: rule.record === undefined ? 'alert' : 'record',
    name: rule.alert ?? rule.record ?? '',
    condition: rule.forecast ? 'forecast' : rule.baseline ? 'baseline' : 'expr',
    expr: (rule.forecast ?? rule.baseline ?? rule).expr ?? '',
    forecast: { ...(rule.forecast ? { reaches: '', within: '', from: '' } : forecast), ...rule.forecast },
    baseline: { ...baseline, ...rule.baseline },
    hold: rule.for ?? '',
    keep_firing: rule.keep_firing_for ?? '',
    severity,
    levels: rule.levels ?? [],
    recover: rule.recover ?? '',
    no_data: rule.no_data === 'resolve' ? '' : (rule.no_data ?? ''),
    flapping: rule.flapping ?? { times: '', within: '' },
    summary,
    description,
    labels: Object.entries(labels),
    annotations: Object.entries(annotations),
  };
}

const plain = /^[A-Za-z0-9\u4e00-\u9fff][\w\u4e00-\u9fff.()/-]*$/;
const words = /^(true|false|yes|no|on|off|y|n|null|[\d.]+)$/i;
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029]/;

/** A text as YAML writes it: bare when it is a word, a block when it has lines, else in single quotes. */
function written(text: string, indent: string): string {
  if (plain.test(text) && !words.test(text)) return text;
  if (control.test(text)) return JSON.stringify(text);
  if (!text.includes('\n')) return `'${text.replaceAll("'", "''")}'`;
  const lines = text.split('\n');
  if (/^\s|^$/.test(lines[0] ?? '') || text.endsWith('\n')) return JSON.stringify(text);
  return ['|-', ...lines.map((line) => (line ? `${indent}  ${line}` : ''))].join('\n');
}

function map(key: string, pairs: [string, string][]): string[] {
  const told = pairs.filter(([name, value]) => name || value);
  if (told.length === 0) return [];
  return [`${key}:`, ...told.map(([name, value]) => `  ${written(name, '')}: ${written(value, '  ')}`)];
}

/** A map of the terms that are given, the figure first. */
function helper(key: string, expr: string, terms: object): string[] {
  const told = Object.entries({ expr, ...terms }) as [string, string][];
  return map(
    key,
    told.filter(([, value]) => value.trim()).map(([name, value]) => [name, value.trim()]),
  );
}

function condition(draft: RuleDraft): string[] {
  if (draft.kind === 'alert' && draft.condition !== 'expr')
    return helper(draft.condition, draft.expr, draft[draft.condition]);
  return draft.expr.trim() ? [`expr: ${written(draft.expr.trim(), '')}`] : [];
}

/** The text that is saved; keys stand in a fixed order, so that versions differ only in what was changed. */
export function yamlOf(draft: RuleDraft): string {
  const line = (key: string, value: string) => (value.trim() ? [`${key}: ${written(value.trim(), '')}`] : []);
  const labels = draft.levels.length === 0 && draft.severity ? [['severity', draft.severity]] : [];
  const lines = [...line(draft.kind, draft.name), ...condition(draft)];
  if (draft.kind === 'record') return [...lines, ...map('labels', draft.labels), ''].join('\n');
  lines.push(...line('for', draft.hold), ...line('keep_firing_for', draft.keep_firing));
  if (draft.levels.length > 0) {
    lines.push('levels:');
    for (const { severity, when } of draft.levels)
      lines.push(`  - severity: ${written(severity, '    ')}`, `    when: ${written(when, '    ')}`);
  }
  lines.push(...line('recover', draft.recover), ...line('no_data', draft.no_data));
  const { times, within } = draft.flapping;
  if (times || within)
    lines.push('flapping:', `  times: ${written(times, '  ')}`, `  within: ${written(within, '  ')}`);
  lines.push(...map('labels', [...(labels as [string, string][]), ...draft.labels]));
  const told: [string, string][] = [
    ['summary', draft.summary],
    ['description', draft.description],
  ];
  lines.push(...map('annotations', [...told.filter(([, text]) => text), ...draft.annotations]));
  return [...lines, ''].join('\n');
}

/** What a drawing of the rule shows: its condition, a forecast's figure with its bound, a baseline's figure. */
export function drawnOf(rule: WrittenRule | null | undefined): string {
  if (rule?.forecast) return `(${rule.forecast.expr}) ${rule.forecast.reaches ?? ''}`;
  return rule?.baseline?.expr ?? rule?.expr ?? '';
}

export interface Placed {
  /** "name", "expr", "hold", "levels/0/when", "labels/team"; empty: the whole. */
  field: string;
  line?: number;
  column?: number;
}

const fields: Record<string, string> = {
  alert: 'name',
  record: 'name',
  for: 'hold',
  keep_firing_for: 'keep_firing',
  'forecast/expr': 'expr',
  'baseline/expr': 'expr',
  'labels/severity': 'severity',
  'annotations/summary': 'summary',
  'annotations/description': 'description',
};

/** Where in the form a fault belongs: "/yaml/expr:1:6" is at the expression, line 1, column 6. */
export function placeOf(pointer: string): Placed {
  const parts = /^\/yaml\/?(.*?)(?::(\d+):(\d+))?$/.exec(pointer);
  const key = parts?.[1] ?? '';
  if (/^\d+:\d+$/.test(key)) return { field: '' };
  const field = fields[key] ?? key;
  if (parts?.[2] === undefined) return { field };
  return { field, line: Number(parts[2]), column: Number(parts[3]) };
}
