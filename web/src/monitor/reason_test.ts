// Reasons of targets that are down.
import { beforeAll, expect, test } from 'vitest';
import { startWords } from '@/kit/words';
import { reasonOf } from './reason';

beforeAll(startWords);

test('a common reason is led by plain words, with the exact one beside it', () => {
  const last_error = 'the target cannot be reached: Connection refused';
  expect(reasonOf({ last_error, reason: '无法连接目标：Connection refused' })).toBe(
    '对方拒绝连接（端口没有服务）（无法连接目标：Connection refused）',
  );
  expect(reasonOf({ last_error })).toBe(`对方拒绝连接（端口没有服务）（${last_error}）`);
});

test('the number a target answered with is kept', () => {
  expect(reasonOf({ last_error: 'the target answered with HTTP status 404' })).toMatch(
    /^对方应答 HTTP 404（/,
  );
});

test('any other reason is said as the server words it', () => {
  const last_error = 'line 7: a label is given twice';
  expect(reasonOf({ last_error, reason: 'line 7: 标签重复' })).toBe('line 7: 标签重复');
  expect(reasonOf({ last_error })).toBe(last_error);
});
