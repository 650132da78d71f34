// The words of the calendar and of the preview come with the pages that need them.
import { withWords } from '@/kit/words';

const catalogues = {
  'zh-CN': () => import('virtual:words/modules/maintenance/zh-CN'),
  'zh-TW': () => import('virtual:words/modules/maintenance/zh-TW'),
  en: () => import('virtual:words/modules/maintenance/en'),
};

/** The page, once its words are there. */
export const worded = <T>(page: Promise<T>) => withWords(catalogues, page);
