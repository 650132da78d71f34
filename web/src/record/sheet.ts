// Records from a file: CSV as spreadsheets write it, or JSON lines. Heads and choices may be the words people see.
import type { ModuleDescription, ModuleField } from '@/api/types';

/** RFC 4180 with any line end; a byte order mark is skipped. Semicolons and tabs separate too, when the head shows them. */
export function readCsv(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const head = source.slice(0, source.search(/[\r\n]|$/));
  const apart = [',', '\t', ';'].sort((a, b) => head.split(b).length - head.split(a).length)[0] ?? ',';
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === apart) endCell();
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && source[at + 1] === '\n') at += 1;
      endCell();
      rows.push([]);
    } else cell += sign;
  }
  endCell();
  return rows;
}

export interface SheetWords {
  field: (name: string) => string;
  choice: (field: string, choice: string) => string;
  yes: string[];
  no: string[];
}

export interface Sheet {
  /** Line of the file each record came from. */
  lines: number[];
  records: Record<string, unknown>[];
  /** Heads that name no field. */
  unknown: string[];
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

function fieldOf(head: string, fields: ModuleField[], words: SheetWords): ModuleField | undefined {
  return fields.find((field) => same(field.name, head) || same(words.field(field.name), head));
}

function cellValue(field: ModuleField, text: string, words: SheetWords): unknown {
  // A quote in front keeps a spreadsheet from reading a formula; the export writes it.
  const value = text.trim().replace(/^'(?=[=+\-@])/, '');
  switch (field.kind) {
    case 'choice':
      return (
        (field.choices ?? []).find((one) => same(one, value) || same(words.choice(field.name, one), value)) ??
        value
      );
    case 'flag':
      if (['true', '1', ...words.yes].some((one) => same(one, value))) return true;
      if (['false', '0', ...words.no].some((one) => same(one, value))) return false;
      return value;
    case 'integer':
    case 'number':
      return Number.isNaN(Number(value)) ? value : Number(value);
    case 'references':
      if (value.startsWith('[')) {
        try {
          return JSON.parse(value) as unknown;
        } catch {
          return value;
        }
      }
      return value
        .split(/[;；、,，]/)
        .map((one) => one.trim())
        .filter(Boolean);
    default:
      return value;
  }
}

const given = (field: ModuleField) => field.creatable !== false || field.name === 'created_at';

export function sheetOf(table: string[][], module: ModuleDescription, words: SheetWords): Sheet {
  const [heads = [], ...rows] = table;
  const fields = heads.map((head) => fieldOf(head, module.fields, words));
  const sheet: Sheet = {
    lines: [],
    records: [],
    unknown: heads.filter((head, at) => head.trim() && !fields[at]),
  };
  rows.forEach((row, at) => {
    if (row.every((cell) => cell.trim() === '')) return;
    const record: Record<string, unknown> = {};
    fields.forEach((field, column) => {
      const text = row[column] ?? '';
      if (field && given(field) && text.trim() !== '') record[field.name] = cellValue(field, text, words);
    });
    sheet.lines.push(at + 2);
    sheet.records.push(record);
  });
  return sheet;
}

/** JSON lines, or one JSON array. Throws with the line when a line is not an object. */
export function readJson(text: string): Sheet {
  const sheet: Sheet = { lines: [], records: [], unknown: [] };
  if (text.trimStart().startsWith('[')) {
    const list = JSON.parse(text) as Record<string, unknown>[];
    return { lines: list.map((_, at) => at + 1), records: list, unknown: [] };
  }
  text.split('\n').forEach((line, at) => {
    if (line.trim() === '') return;
    let record: unknown;
    try {
      record = JSON.parse(line);
    } catch (error) {
      throw new SyntaxError(`${at + 1}: ${error instanceof Error ? error.message : ''}`, { cause: error });
    }
    sheet.lines.push(at + 1);
    sheet.records.push(record as Record<string, unknown>);
  });
  return sheet;
}

/** Names of other records, as people write them, become their ids; a name two records share stays as it is. */
export function resolveNames(
  records: Record<string, unknown>[],
  fields: ModuleField[],
  known: Map<string, Map<string, string>>,
): Record<string, unknown>[] {
  const references = fields.filter((field) => field.kind === 'reference' || field.kind === 'references');
  return records.map((record) => {
    const made = { ...record };
    for (const { name, target } of references) {
      const names = known.get(target ?? '');
      const idOf = (value: unknown) => (typeof value === 'string' ? (names?.get(value) ?? value) : value);
      const value = made[name];
      if (value !== undefined) made[name] = Array.isArray(value) ? value.map(idOf) : idOf(value);
    }
    return made;
  });
}

/** The ids by title; a title two records share is left out. */
export function idsByTitle(records: { id: string; title: string }[]): Map<string, string> {
  const seen = new Map<string, string | null>();
  for (const { id, title } of records) seen.set(title, seen.has(title) ? null : id);
  return new Map([...seen].filter((entry): entry is [string, string] => entry[1] !== null));
}

/** An empty sheet to fill in: the heads in the reader's words. */
export function templateOf(module: ModuleDescription, names: string[], words: SheetWords): string {
  const heads = names.filter((name) => module.fields.some((field) => field.name === name && given(field)));
  return `\uFEFF${heads.map((name) => `"${words.field(name).replaceAll('"', '""')}"`).join(',')}\r\n`;
}
