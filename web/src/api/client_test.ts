// Requests and refusals.
import { afterEach, expect, test, vi } from 'vitest';
import { ApiProblem, call, faultsByField, keepCsrf, post, query } from './client';

afterEach(() => vi.unstubAllGlobals());

function answerWith(status: number, body: unknown) {
  const asked = vi
    .fn()
    .mockResolvedValue(new Response(JSON.stringify(body), { status, headers: { ETag: '"3"' } }));
  vi.stubGlobal('fetch', asked);
  return asked;
}

test('empty values stay out of the query', () => {
  expect(query({ q: '打印', after: '', limit: 50, state: null })).toBe('?q=%E6%89%93%E5%8D%B0&limit=50');
  expect(query({})).toBe('');
});

test('faults are found by field, with or without the fields prefix', () => {
  const problem = new ApiProblem(422, {
    errors: [
      { pointer: '/fields/severity', detail: 'is required' },
      { pointer: '/depends_on/2', detail: 'must be the id of a system' },
      { pointer: '/severity', detail: 'must be one of high, low' },
    ],
  });
  expect(faultsByField(problem)).toEqual({
    severity: 'is required must be one of high, low',
    depends_on: 'must be the id of a system',
  });
});

test('a refusal becomes a problem with its status, title and request', async () => {
  answerWith(409, { title: 'Changed meanwhile', status: 409, request_id: 'r1' });
  const refused = await call('/api/v1/incidents/1', { method: 'PATCH' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiProblem);
  expect(refused).toMatchObject({ status: 409, title: 'Changed meanwhile', request_id: 'r1' });
});

test('no answer at all is a problem of status 0', async () => {
  vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('refused')));
  await expect(call('/api/v1/overview')).rejects.toMatchObject({ status: 0 });
});

test('a change carries the token of the session and a key that makes repeats harmless', async () => {
  const asked = answerWith(201, { id: '1' });
  keepCsrf('token');
  await post('/api/v1/incidents', { title: 'x' });
  const headers = (asked.mock.calls[0]?.[1] as { headers: Headers }).headers;
  expect(headers.get('X-CSRF-Token')).toBe('token');
  expect(headers.get('Idempotency-Key')).toBeTruthy();
});
