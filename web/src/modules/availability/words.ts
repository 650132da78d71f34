// The words of availability come with its pages.
import { withWords } from '@/kit/words';

const catalogues = {
  'zh-CN': () => import('virtual:words/modules/availability/zh-CN'),
  'zh-TW': () => import('virtual:words/modules/availability/zh-TW'),
  en: () => import('virtual:words/modules/availability/en'),
};

/** The page, once its words are there. */
export const worded = <T>(page: Promise<T>) => withWords(catalogues, page);
