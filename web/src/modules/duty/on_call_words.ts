// The words of the page of who is on call come with it.
import { withWords } from '@/kit/words';

const catalogues = {
  'zh-CN': () => import('virtual:words/modules/duty/zh-CN'),
  'zh-TW': () => import('virtual:words/modules/duty/zh-TW'),
  en: () => import('virtual:words/modules/duty/en'),
};

/** The page, once its words are there. */
export const worded = <T>(page: Promise<T>) => withWords(catalogues, page);
