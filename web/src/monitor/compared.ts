// What a condition compares: the side that is drawn, and the threshold when it is a number.
import { parser } from '@prometheus-io/lezer-promql';

export interface Compared {
  expr: string;
  threshold: number | null;
}

const signs = new Set(['Gtr', 'Gte', 'Lss', 'Lte', 'EqlC', 'Neq']);

/** "used / size > 0.9" compares used / size with 0.9. A query that compares nothing is drawn as it is. */
export function compared(query: string): Compared {
  const whole: Compared = { expr: query, threshold: null };
  const top = parser.parse(query).topNode.firstChild;
  if (top?.name !== 'BinaryExpr') return whole;
  const [left, sign] = [top.firstChild, top.firstChild?.nextSibling];
  const right = top.lastChild;
  if (!left || !sign || !right || !signs.has(sign.name) || top.getChild('BoolModifier')) return whole;
  const text = (node: { from: number; to: number }) => query.slice(node.from, node.to).trim();
  const number = (node: { from: number; to: number; name: string }) =>
    /^-?[\d.]+(e[+-]?\d+)?$/i.test(text(node)) ? Number(text(node)) : null;
  const limit = number(right);
  if (limit !== null) return { expr: text(left), threshold: limit };
  const swapped = number(left);
  return swapped === null ? { expr: text(left), threshold: null } : { expr: text(right), threshold: swapped };
}
