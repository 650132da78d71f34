// Forms of steps between the editor and the drawing.
import { expect, test } from 'vitest';
import { emptyLine, isCount, isNumber, isWhole, linesOf, moved, propertiesOf, valuesOf } from './step_form';

test('the order, what is needed and what is only read stand in attributes, the rest in a schema', () => {
  const lines = [
    { ...emptyLine('cause'), required: true, description: '写清根本原因', minLength: '10' },
    { ...emptyLine('severity'), readonly: true },
    { ...emptyLine('urgency'), choices: ['high', 'low'] },
  ];
  const values = valuesOf(lines);
  expect(values).toMatchObject({ fields: 'cause,severity,urgency', required: 'cause', readonly: 'severity' });
  expect(JSON.parse(values.schema ?? '')).toEqual({
    type: 'object',
    properties: {
      cause: { description: '写清根本原因', minLength: 10 },
      urgency: { enum: ['high', 'low', null] },
    },
  });
  expect(linesOf(values)).toEqual(lines);
});

test('a form that says nothing of its fields has no schema', () => {
  expect(valuesOf([emptyLine('cause')]).schema).toBe('');
});

test('what the editor does not know of a schema stays in it', () => {
  const schema = '{"properties":{"cause":{"maxLength":200,"title":"原因"}}}';
  const lines = linesOf({ fields: 'cause', schema });
  expect(lines[0]?.title).toBe('原因');
  expect(propertiesOf(valuesOf(lines).schema)).toEqual({ cause: { maxLength: 200, title: '原因' } });
});

test('a schema that is none is empty here', () => {
  expect(propertiesOf('{')).toEqual({});
  expect(propertiesOf('null')).toEqual({});
});

test('a bound is a number once it is typed whole; a count of characters is not below nothing', () => {
  expect(['-', '1.', '1.5', '-3', '1e3', ''].filter(isNumber)).toEqual(['1.5', '-3']);
  expect(['1.5', '-3', '7'].filter(isWhole)).toEqual(['-3', '7']);
  expect(['-3', '7', ''].filter(isCount)).toEqual(['7']);
  const minimum = (text: string) => valuesOf([{ ...emptyLine('age'), minimum: text }]).schema;
  expect(minimum('-')).toBe('');
  expect(minimum('-1.5')).toContain('"minimum":-1.5');
});

test('fields change places, and the first goes no further up', () => {
  const lines = ['a', 'b', 'c'].map(emptyLine);
  const order = (of: typeof lines) => of.map((line) => line.name).join('');
  expect(order(moved(lines, 0, 2))).toBe('bca');
  expect(order(moved(lines, 2, 1))).toBe('acb');
  expect(order(moved(lines, 0, -1))).toBe('abc');
});
