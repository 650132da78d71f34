// Files of records, as people's spreadsheets write them.
import { expect, test } from 'vitest';
import type { ModuleDescription, ModuleField } from '@/api/types';
import { idsByTitle, readCsv, readJson, resolveNames, sheetOf, templateOf, type SheetWords } from './sheet';

const field = (name: string, kind: string, more: Partial<ModuleField> = {}): ModuleField => ({
  name,
  kind,
  required: false,
  creatable: true,
  ...more,
});
const module: ModuleDescription = {
  kind: 'system',
  plural: 'systems',
  fields: [
    field('id', 'line', { creatable: false }),
    field('name', 'line'),
    field('criticality', 'choice', { choices: ['core', 'general'] }),
    field('owner', 'reference', { target: 'person' }),
    field('depends_on', 'references', { target: 'system' }),
    field('active', 'flag'),
  ],
};
const words: SheetWords = {
  field: (name) => ({ name: '名称', criticality: '重要程度', owner: '负责人' })[name] ?? name,
  choice: (_, choice) => ({ core: '核心', general: '一般' })[choice] ?? choice,
  yes: ['是'],
  no: ['否'],
};

test('cells keep commas, quotes and line ends within quotes', () => {
  expect(readCsv('\uFEFFa,b\r\n"x, ""y""","two\nlines"\r\n')).toEqual([
    ['a', 'b'],
    ['x, "y"', 'two\nlines'],
    [''],
  ]);
});

test('a sheet saved with tabs or semicolons is read too', () => {
  expect(readCsv('a;b;c\n1;2,5;3')).toEqual([
    ['a', 'b', 'c'],
    ['1', '2,5', '3'],
  ]);
  expect(readCsv('a\tb\n1\t2')[1]).toEqual(['1', '2']);
});

test('heads and choices may be the words people see, and blank lines are passed over', () => {
  const sheet = sheetOf(
    readCsv('名称,重要程度,active,备注\nHIS,核心,是,x\n,,,\nLIS,general,否,\n'),
    module,
    words,
  );
  expect(sheet.records).toEqual([
    { name: 'HIS', criticality: 'core', active: true },
    { name: 'LIS', criticality: 'general', active: false },
  ]);
  expect(sheet.lines).toEqual([2, 4]);
  expect(sheet.unknown).toEqual(['备注']);
});

test('what cannot be given is not sent, and a wrong choice is left for the server to refuse', () => {
  const sheet = sheetOf(readCsv('id,name,criticality\n7,HIS,urgent'), module, words);
  expect(sheet.records).toEqual([{ name: 'HIS', criticality: 'urgent' }]);
});

test('the quote the export puts before a formula is taken off again', () => {
  expect(sheetOf(readCsv("name\n'=1+1"), module, words).records).toEqual([{ name: '=1+1' }]);
});

test('names become ids unless two records share the name', () => {
  const people = idsByTitle([
    { id: 'p1', title: '王磊' },
    { id: 'p2', title: '李敏' },
    { id: 'p3', title: '李敏' },
  ]);
  const known = new Map([
    ['person', people],
    ['system', new Map([['核心网络', 's1']])],
  ]);
  const records = [{ owner: '王磊', depends_on: ['核心网络', 'SYS-0002'] }, { owner: '李敏' }];
  expect(resolveNames(records, module.fields, known)).toEqual([
    { owner: 'p1', depends_on: ['s1', 'SYS-0002'] },
    { owner: '李敏' },
  ]);
});

test('several references stand in one cell, separated as people do', () => {
  expect(sheetOf(readCsv('name,depends_on\nA,"x；y、z"'), module, words).records[0]?.depends_on).toEqual([
    'x',
    'y',
    'z',
  ]);
});

test('JSON lines and a JSON array are the same; a broken line is named', () => {
  expect(readJson('{"name":"A"}\n\n{"name":"B"}\n')).toMatchObject({
    lines: [1, 3],
    records: [{ name: 'A' }, { name: 'B' }],
  });
  expect(readJson('[{"name":"A"}]').records).toEqual([{ name: 'A' }]);
  expect(() => readJson('{"name":"A"}\n{oops')).toThrow(/^2:/);
});

test('the template holds what may be given, in the words of the reader', () => {
  expect(templateOf(module, ['id', 'name', 'owner'], words)).toBe('\uFEFF"名称","负责人"\r\n');
});
