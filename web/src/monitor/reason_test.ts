// Reasons of targets that are down.
import { beforeAll, expect, test } from 'vitest';
import { startWords } from '@/kit/words';
import { reasonOf } from './reason';

beforeAll(startWords);

test("a common reason is said in the reader's words, with the exact one beside it", () => {
  expect(reasonOf('the target cannot be reached: Connection refused')).toBe(
    '对方拒绝连接（端口没有服务）（the target cannot be reached: Connection refused）',
  );
});

test('the number a target answered with is kept', () => {
  expect(reasonOf('the target answered with HTTP status 404')).toMatch(/^对方应答 HTTP 404（/);
});

test('any other reason stays as it was said', () => {
  expect(reasonOf('line 7: a label has no name')).toBe('line 7: a label has no name');
});
