// The words of boards come with their pages; few people make boards.
import { addWords } from '@/kit/words';

const catalogues = {
  'zh-CN': () => import('virtual:words/monitor/boards/zh-CN'),
  'zh-TW': () => import('virtual:words/monitor/boards/zh-TW'),
  en: () => import('virtual:words/monitor/boards/en'),
};

/** The page, once its words are there. */
export async function worded<T>(page: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([page, addWords(catalogues)]);
  return loaded;
}
