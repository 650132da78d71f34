// The words of the list of targets come with it.
import { withWords } from '@/kit/words';

const catalogues = {
  'zh-CN': () => import('virtual:words/monitor/zh-CN'),
  'zh-TW': () => import('virtual:words/monitor/zh-TW'),
  en: () => import('virtual:words/monitor/en'),
};

/** The page, once its words are there. */
export const worded = <T>(page: Promise<T>) => withWords(catalogues, page);
