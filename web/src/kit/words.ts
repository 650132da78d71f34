// Languages of the interface. Keys are flat ("incident.title"); catalogues come one per language.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keep, kept } from './keep';

export type Language = 'zh-CN' | 'zh-TW' | 'en';

export const languageNames: Record<Language, string> = {
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
  en: 'English',
};

const catalogues: Catalogues = {
  'zh-CN': () => import('virtual:words/zh-CN'),
  'zh-TW': () => import('virtual:words/zh-TW'),
  en: () => import('virtual:words/en'),
};

export function currentLanguage(): Language {
  return i18next.language as Language;
}

type Catalogues = Record<Language, () => Promise<{ default: Record<string, string> }>>;

const later = new Map<Catalogues, Promise<unknown>>();

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  const all = await Promise.all([catalogues, ...later.keys()].map((each) => each[language]()));
  for (const { default: words } of all) i18next.addResourceBundle(language, 'translation', words, true, true);
}

/** Words that come with the page that needs them, in the language shown now and in those chosen after. */
function addWords(more: Catalogues): Promise<unknown> {
  const known = later.get(more);
  if (known) return known;
  const spoken = (Object.keys(catalogues) as Language[]).filter((language) =>
    i18next.hasResourceBundle(language, 'translation'),
  );
  const added = Promise.all(
    spoken.map(async (language) =>
      i18next.addResourceBundle(language, 'translation', (await more[language]()).default, true, true),
    ),
  );
  later.set(more, added);
  return added;
}

/** A page together with its words. */
export async function withWords<T>(words: Catalogues, page: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([page, addWords(words)]);
  return loaded;
}

export async function chooseLanguage(language: Language): Promise<void> {
  keep('language', language);
  await speak(language);
}

async function speak(language: Language): Promise<void> {
  await load(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    lng: 'zh-CN',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  const wanted = kept<string>('language', 'zh-CN');
  await speak(wanted in catalogues ? (wanted as Language) : 'zh-CN');
}

/** The language a person once chose, on a device where nobody has chosen yet. */
export async function followPerson(language: string | null): Promise<void> {
  if (language && language in catalogues && kept<string>('language', '') === '')
    await chooseLanguage(language as Language);
}

/** The word of a key that may be unknown to this version (a pack can add choices): else the raw name. */
export function wordOr(key: string, otherwise: string): string {
  return i18next.exists(key) ? i18next.t(key) : otherwise;
}
