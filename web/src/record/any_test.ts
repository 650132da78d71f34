// What a family without pages of its own shows, from its description.
import { expect, test } from 'vitest';
import type { ModuleDescription, ModuleField } from '@/api/types';
import { askedOf, columnsOf, ownFields } from './any';

const field = (name: string, more: Partial<ModuleField> = {}): ModuleField => ({
  name,
  kind: 'line',
  required: false,
  ...more,
});
const contract: ModuleDescription = {
  kind: 'contract',
  plural: 'contracts',
  fields: [
    field('id', { in_list: true }),
    field('number', { in_list: true }),
    field('created_at'),
    field('name', { in_list: true, creatable: true }),
    field('labels', { kind: 'map', in_list: true }),
    field('state', { kind: 'choice', in_list: true }),
    field('notes', { kind: 'prose', creatable: true }),
  ],
};

test('the list begins with the number and shows what the family lists', () => {
  expect(columnsOf(contract)).toEqual(['number', 'name', 'state']);
});

test('the form asks for what may be given, and only for that', () => {
  expect(askedOf(contract)).toEqual(['name', 'notes']);
});

test('the page shows the fields of the family, not those every record has', () => {
  expect(ownFields(contract)).toEqual(['name', 'state', 'notes']);
});
