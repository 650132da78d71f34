// Measures what a first visit loads as script: the entry and all it imports at once, brotli as served.
// Fails above the limit. Run after a build.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const limit_kb = 300;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const brotli = (file) =>
  brotliCompressSync(readFileSync(new URL(file, dist)), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
  }).length;

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
// The words of the language and the first page come with the first visit too.
const visit = ['virtual:words/zh-CN', 'src/app/my_day.tsx'].map((name) =>
  Object.keys(manifest).find((key) => key.endsWith(name)),
);
const first = closure(entry);
for (const key of visit)
  if (key) closure(key, first);
  else throw new Error('a chunk of the first visit is missing from the manifest');

let sum = 0;
for (const key of first) {
  const bytes = brotli(manifest[key].file);
  sum += bytes;
  console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KB  ${manifest[key].file}`);
}
console.log(`${(sum / 1024).toFixed(1).padStart(8)} KB  first visit, limit ${limit_kb} KB`);
process.exit(sum > limit_kb * 1024 ? 1 : 0);
