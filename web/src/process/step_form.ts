// The form of a step as an editor holds it, and the attributes and JSON Schema it is written as.
import type { FieldSchema } from '@/api/types';
import type { Fact } from './facts';

export interface FormLine {
  name: string;
  required: boolean;
  readonly: boolean;
  /** In place of the field's own word. */
  title: string;
  /** Said below the input. */
  description: string;
  minLength: string;
  minimum: string;
  maximum: string;
  /** Of a choice, those that may be taken; empty: all. */
  choices: string[];
  /** What the schema says besides, kept as it is. */
  more: Record<string, unknown>;
}

export function emptyLine(name: string): FormLine {
  return {
    name,
    required: false,
    readonly: false,
    title: '',
    description: '',
    minLength: '',
    minimum: '',
    maximum: '',
    choices: [],
    more: {},
  };
}

export const listOf = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

type Values = Partial<Record<Fact, string>>;

/** The schema's properties; nothing when the text is none, which the server tells of. */
export function propertiesOf(schema: string | undefined): Record<string, FieldSchema> {
  try {
    const read = JSON.parse(schema || '{}') as { properties?: Record<string, FieldSchema> } | null;
    return read?.properties ?? {};
  } catch {
    return {};
  }
}

export function linesOf(values: Values): FormLine[] {
  const required = listOf(values.required);
  const readonly = listOf(values.readonly);
  const properties = propertiesOf(values.schema);
  return listOf(values.fields).map((name) => {
    const {
      title = '',
      description = '',
      minLength,
      minimum,
      maximum,
      enum: choices,
      ...more
    } = properties[name] ?? {};
    const text = (value: number | undefined) => (value === undefined ? '' : String(value));
    return {
      name,
      required: required.includes(name),
      readonly: readonly.includes(name),
      title,
      description,
      minLength: text(minLength),
      minimum: text(minimum),
      maximum: text(maximum),
      choices: (choices ?? []).filter((one): one is string => one !== null),
      more,
    };
  });
}

function propertyOf(line: FormLine): Record<string, unknown> {
  const number = (name: string, text: string) => (!isNumber(text) ? {} : { [name]: Number(text) });
  return {
    ...line.more,
    ...(line.title && { title: line.title }),
    ...(line.description && { description: line.description }),
    ...number('minLength', line.minLength),
    ...number('minimum', line.minimum),
    ...number('maximum', line.maximum),
    // A field that may be left out may be empty whatever the choices.
    ...(line.choices.length > 0 && { enum: line.required ? line.choices : [...line.choices, null] }),
  };
}

export function valuesOf(lines: FormLine[]): Values {
  const names = (of: FormLine[]) => of.map((line) => line.name).join(',');
  const properties = Object.fromEntries(
    lines
      .map((line): [string, Record<string, unknown>] => [line.name, propertyOf(line)])
      .filter(([, property]) => Object.keys(property).length > 0),
  );
  return {
    fields: names(lines),
    required: names(lines.filter((line) => line.required)),
    readonly: names(lines.filter((line) => line.readonly)),
    schema: Object.keys(properties).length > 0 ? JSON.stringify({ type: 'object', properties }) : '',
  };
}

/** Whether a text is a number as a schema can say it; a whole one; one of characters. */
export const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text.trim());
export const isWhole = (text: string) => /^-?\d+$/.test(text.trim());
export const isCount = (text: string) => /^\d+$/.test(text.trim());

/** With the line at `from` moved to `to`. */
export function moved(lines: FormLine[], from: number, to: number): FormLine[] {
  const line = lines[from];
  if (!line || to < 0 || to >= lines.length) return lines;
  const rest = lines.filter((_, at) => at !== from);
  return [...rest.slice(0, to), line, ...rest.slice(to)];
}
