// Which input a field gets.
import { expect, test } from 'vitest';
import { fieldOf } from './input';

test('the description of the module decides the kind of a field', () => {
  const described = { name: 'system', kind: 'reference', required: false, target: 'system' };
  expect(fieldOf('system', described, { type: 'string' })).toBe(described);
});

test('without a description the schema decides', () => {
  const kind = (schema: Parameters<typeof fieldOf>[2]) => fieldOf('x', undefined, schema).kind;
  expect(kind({ enum: ['a', 'b'] })).toBe('choice');
  expect(kind({ type: 'boolean' })).toBe('flag');
  expect(kind({ type: 'string', format: 'date-time' })).toBe('instant');
  expect(kind({ type: 'string', 'x-reference': 'person' })).toBe('reference');
  expect(kind({ type: 'array', 'x-reference': 'person' })).toBe('references');
  expect(kind({ type: ['integer', 'null'] })).toBe('integer');
  expect(kind({ type: 'string', maxLength: 20000 })).toBe('prose');
  expect(kind({ type: 'string', maxLength: 200 })).toBe('line');
});

test('a type that admits null makes the field optional, and null is no choice', () => {
  const field = fieldOf('severity', undefined, { type: ['string', 'null'], enum: ['high', 'low', null] });
  expect(field.required).toBe(false);
  expect(field.choices).toEqual(['high', 'low']);
});
