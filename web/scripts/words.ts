// The words of the product: every room keeps one words.json, key → [zh-CN, zh-TW, en].
// This plug-in serves them as one module per language, so a browser loads only the language it shows. Words of a
// large page that few open stand in a later_words.json and are served as a module of their own.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export const languages = ['zh-CN', 'zh-TW', 'en'] as const;
export type Catalogue = Record<string, string[]>;

/** The words files under a folder, path → content. */
export function wordFiles(root: string): Map<string, Catalogue> {
  const paths = globSync('**/{words,later_words}.json', { cwd: root }).sort();
  return new Map(
    paths.map((path) => [path, JSON.parse(readFileSync(join(root, path), 'utf8')) as Catalogue]),
  );
}

/** One language out of all files, or out of one that comes later: "monitor/boards". */
export function catalogue(root: string, language: string, later?: string): Record<string, string> {
  const place = languages.indexOf(language as (typeof languages)[number]);
  const result: Record<string, string> = {};
  for (const [path, file] of wordFiles(root)) {
    const wanted =
      later === undefined ? !path.endsWith('later_words.json') : path === `${later}/later_words.json`;
    if (!wanted) continue;
    for (const [key, texts] of Object.entries(file)) result[key] = texts[place] ?? '';
  }
  return result;
}

const prefix = 'virtual:words/';

export function words(): Plugin {
  let root = '';
  return {
    name: 'words',
    configResolved(config) {
      root = join(config.root, 'src');
    },
    resolveId: (id) => (id.startsWith(prefix) ? '\0' + id : undefined),
    load(id) {
      if (!id.startsWith('\0' + prefix)) return undefined;
      for (const path of wordFiles(root).keys()) this.addWatchFile(join(root, path));
      // "zh-CN", or "monitor/boards/zh-CN".
      const asked = id.slice(prefix.length + 1);
      const cut = asked.lastIndexOf('/');
      const later = cut < 0 ? undefined : asked.slice(0, cut);
      return `export default ${JSON.stringify(catalogue(root, asked.slice(cut + 1), later))}`;
    },
  };
}
