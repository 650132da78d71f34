// How the choices of records look: word, shape and colour. Modules add the looks of their own choices.
import type { ReactNode } from 'react';
import { Badge, Mark, type Shape, type Tone } from '@/kit/marks';
import { wordOr } from '@/kit/words';

const looks = new Map<string, [Tone, Shape]>();

export function addLooks(kind: string, field: string, values: Record<string, [Tone, Shape]>): void {
  for (const [value, look] of Object.entries(values)) looks.set(`${kind}.${field}.${value}`, look);
}

const listed = new Map<string, string[]>();

/** Values people usually choose for a field that takes any text. */
export function addUsual(kind: string, field: string, values: string[]): void {
  listed.set(`${kind}.${field}`, values);
}

export function usualOf(kind: string, field: string): string[] | undefined {
  return listed.get(`${kind}.${field}`);
}

export function choiceWord(kind: string, field: string, value: string): string {
  return wordOr(`${kind}.${field}.${value}`, value);
}

interface ChoiceProps {
  kind: string;
  field: string;
  value: string | null | undefined;
  strong?: boolean;
}

export function Choice({ kind, field, value, strong = false }: ChoiceProps): ReactNode {
  if (!value) return <span className="faint">–</span>;
  const word = choiceWord(kind, field, value);
  const look = looks.get(`${kind}.${field}.${value}`);
  if (!look) return strong ? <Badge tone="neutral">{word}</Badge> : word;
  const [tone, shape] = look;
  return strong ? (
    <Badge tone={tone} shape={shape}>
      {word}
    </Badge>
  ) : (
    <Mark tone={tone} shape={shape}>
      {word}
    </Mark>
  );
}
