// Variables of a board put into its texts: $name, ${name} and [[name]], and the spans Grafana's queries use.
import type { BoardVariable } from '@/api/boards';

export type Chosen = Record<string, string[]>;

/** Stands for every value of a variable. */
export const all = '$__all';

const special = /[.*+?^${}()|[\]\\]/g;

/** Inside of a PromQL text: its own backslashes and quotes. */
const quoted = (text: string) => text.replace(/[\\"]/g, '\\$&');

function valueOf(variable: BoardVariable, chosen: string[]): string {
  if (chosen.includes(all)) return '.*';
  if (!variable.many) return quoted(chosen[0] ?? '');
  const parts = chosen.map((one) => quoted(one.replace(special, '\\$&')));
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join('|')})`;
}

/** Plain reading, for titles. */
function readable(chosen: string[], everything: string): string {
  return chosen.includes(all) ? everything : chosen.join(', ');
}

const places = /\$\{(\w+)(?::\w+)?\}|\[\[(\w+)(?::\w+)?\]\]|\$(\w+)/g;

function fill(text: string, known: (name: string) => string | undefined): string {
  return text.replace(places, (whole, braces?: string, brackets?: string, bare?: string) => {
    return known(braces ?? brackets ?? bare ?? '') ?? whole;
  });
}

export interface Spans {
  range_s: number;
  step_s: number;
}

/** The query as it is asked. Four scrapes of 15 s are the least a rate is taken over. */
export function filledQuery(text: string, variables: BoardVariable[], chosen: Chosen, spans: Spans): string {
  const spoken: Record<string, string> = {
    __interval: `${spans.step_s}s`,
    interval: `${spans.step_s}s`,
    __rate_interval: `${Math.max(60, spans.step_s + 15)}s`,
    __range: `${spans.range_s}s`,
    __range_s: String(spans.range_s),
  };
  return fill(text, (name) => {
    const variable = variables.find((one) => one.name === name);
    return variable ? valueOf(variable, chosen[name] ?? []) : spoken[name];
  });
}

export function filledText(text: string, chosen: Chosen, everything: string): string {
  return fill(text, (name) => (chosen[name] ? readable(chosen[name], everything) : undefined));
}

/** What a variable stands for: what the address says, else what the board begins with, else the first value. */
export function chosenOf(variable: BoardVariable, address: string[], known: string[] | undefined): string[] {
  if (address.length > 0) return variable.many ? address : address.slice(0, 1);
  const begun = variable.chosen.filter((one) => one === all || !known || known.includes(one));
  if (begun.length > 0) return variable.many ? begun : begun.slice(0, 1);
  if (variable.many && variable.kind === 'label') return [all];
  const first = (known ?? variable.values)[0];
  return first === undefined ? [] : [first];
}

/** Steps of whole five seconds, about so many in the range. */
export function stepOf(range_s: number, points = 240): number {
  return Math.max(5, Math.ceil(range_s / points / 5) * 5);
}
