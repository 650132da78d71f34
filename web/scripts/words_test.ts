// The catalogues of the three languages against each other and against the pages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languages, wordFiles } from './words';

const root = join(import.meta.dirname, '../src');
const files = wordFiles(root);
const entries = [...files].flatMap(([file, words]) =>
  Object.entries(words).map(([key, texts]) => ({ file, key, texts })),
);

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/_test\.tsx?$/.test(path))
  .map((path) => readFileSync(join(root, path), 'utf8'));

test('every word is there in every language', () => {
  const missing = entries.filter(
    ({ texts }) => texts.length !== languages.length || texts.some((text) => text.trim() === ''),
  );
  expect(missing).toEqual([]);
});

test('no key is defined twice', () => {
  const keys = entries.map(({ key }) => key);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

test('the gaps of a text are the same in every language', () => {
  const gaps = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).sort();
  const unlike = entries.filter(({ texts }) =>
    texts.some((text) => String(gaps(text)) !== String(gaps(texts[0] ?? ''))),
  );
  expect(unlike).toEqual([]);
});

test('every key the pages ask for by name has a word', () => {
  const known = new Set(entries.map(({ key }) => key));
  const asked = sources.flatMap((source) =>
    [...source.matchAll(/\b(?:t|wordOr)\(\s*'([a-z_]+(?:\.[a-z0-9_]+)+)'/g)].map((found) => found[1] ?? ''),
  );
  expect(asked.length).toBeGreaterThan(200);
  expect(asked.filter((key) => !known.has(key))).toEqual([]);
});

test('Chinese texts of the two scripts differ where the scripts do', () => {
  const simplified = /[国门关录务处级单数据审权网络运状态标号项]/;
  expect(entries.filter(({ texts }) => simplified.test(texts[1] ?? '')).map(({ key }) => key)).toEqual([]);
});
