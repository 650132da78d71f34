// A selector built by choosing: one metric, and values of its labels.

export type Chosen = Record<string, string[]>;

const regex = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const quoted = (text: string) =>
  `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
const plain = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** Several values of a label become one pattern; a name outside the old alphabet is quoted, as Prometheus 3 reads it. */
export function selectorOf(metric: string, chosen: Chosen): string {
  const parts = Object.entries(chosen)
    .filter(([, values]) => values.length > 0)
    .map(([label, values]) => {
      const name = /^[a-zA-Z_]\w*$/.test(label) ? label : quoted(label);
      if (values.length === 1) return `${name}=${quoted(values[0] ?? '')}`;
      return `${name}=~${quoted(values.map(regex).join('|'))}`;
    });
  if (!plain.test(metric)) return `{${[quoted(metric), ...parts].join(', ')}}`;
  return parts.length > 0 ? `${metric}{${parts.join(', ')}}` : metric;
}

export interface LabelFacts {
  name: string;
  /** Value and how many of the series carry it, most first. */
  values: [string, number][];
}

export function labelsOf(series: Record<string, string>[]): LabelFacts[] {
  const labels = new Map<string, Map<string, number>>();
  for (const one of series)
    for (const [name, value] of Object.entries(one)) {
      if (name === '__name__') continue;
      const values = labels.get(name) ?? new Map<string, number>();
      values.set(value, (values.get(value) ?? 0) + 1);
      labels.set(name, values);
    }
  return [...labels]
    .map(([name, values]) => ({
      name,
      values: [...values].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    }))
    .sort((a, b) => a.values.length - b.values.length || (a.name < b.name ? -1 : 1));
}
