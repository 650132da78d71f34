// The words of boards come with their pages; few people make boards.
import { withWords } from '@/kit/words';

const catalogues = {
  'zh-CN': () => import('virtual:words/monitor/boards/zh-CN'),
  'zh-TW': () => import('virtual:words/monitor/boards/zh-TW'),
  en: () => import('virtual:words/monitor/boards/en'),
};

/** The page, once its words are there. */
export const worded = <T>(page: Promise<T>) => withWords(catalogues, page);
