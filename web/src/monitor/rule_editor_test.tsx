// A rule from the form to the server and back.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startWords } from '@/kit/words';
import RuleEditor from './rule_editor';

vi.mock('./expression', () => ({
  Expression: ({ id, value, onChange }: { id: string; value: string; onChange: (value: string) => void }) => (
    <input id={id} value={value} onChange={(event) => onChange(event.target.value)} />
  ),
}));
vi.mock('./plot', () => ({ default: () => <canvas /> }));

const rule = (version: number, hold: string) => ({
  id: 'r1',
  name: 'Full',
  recording: false,
  version,
  active: true,
  yaml: `alert: Full\nexpr: 'used > 90'\nfor: ${hold}\nlabels:\n  severity: major\n`,
  rule: { alert: 'Full', expr: 'used > 90', for: hold, labels: { severity: 'major' } },
  author: 'p1',
  author_name: '王建国',
  reason: '新增',
  at: '2026-11-25T00:00:00Z',
});

interface Sent {
  method: string;
  body?: string;
  headers: Headers;
}

function serve(problems: { pointer: string; detail: string }[] = []) {
  let saved = rule(1, '5m');
  const asked = vi.fn((path: string, { method, body }: Sent) => {
    const answer = (given: unknown) => Promise.resolve(new Response(JSON.stringify(given)));
    if (path.endsWith('/check')) return answer({ problems, rule: problems.length ? null : saved.rule });
    if (path.includes('/preview')) return answer({ data: { fired: 0, changes: [] } });
    if (path.includes('query_range')) return answer({ data: { resultType: 'matrix', result: [] } });
    if (method === 'PATCH')
      saved = { ...rule(2, '9m'), yaml: (JSON.parse(body ?? '') as { yaml: string }).yaml };
    if (path.endsWith('/versions'))
      return answer({ items: saved.version === 2 ? [saved, rule(1, '5m')] : [saved] });
    return answer(saved);
  });
  vi.stubGlobal('fetch', asked);
  return asked;
}

function show(permissions: Record<string, string> = { 'rule.write': 'all' }) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(['standing'], { session: { person: { id: 'p1' }, permissions, csrf: 'c' } });
  const router = createMemoryRouter([{ path: '/monitor/rules/:id', element: <RuleEditor /> }], {
    initialEntries: ['/monitor/rules/r1'],
  });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

beforeEach(async () => {
  localStorage.clear();
  await startWords();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('a change is saved with its reason on the version that was seen, and the versions tell it', async () => {
  const asked = serve();
  show();
  const hold = await screen.findByLabelText(/持续多久/);
  expect((hold as HTMLInputElement).value).toBe('5m');
  fireEvent.change(hold, { target: { value: '9m' } });
  await screen.findByText('检查通过');
  fireEvent.click(screen.getByRole('button', { name: '保存规则' }));
  const dialog = await screen.findByRole('dialog');
  fireEvent.change(within(dialog).getByLabelText(/原因/), { target: { value: '少些打扰' } });
  fireEvent.click(within(dialog).getByRole('button', { name: '保存规则' }));
  await screen.findByText('v2');
  const [path, sent] = asked.mock.calls.find(([, options]) => options.method === 'PATCH') ?? [];
  expect(path).toBe('/api/v1/rules/own/r1');
  expect(sent?.headers.get('If-Match')).toBe('"1"');
  const body = JSON.parse(sent?.body ?? '') as { yaml: string; reason: string };
  expect(body.reason).toBe('少些打扰');
  expect(body.yaml).toContain('for: 9m');
  fireEvent.click(screen.getByRole('button', { name: '查看改动' }));
  expect(screen.getByText('+ for: 9m').tagName).toBe('INS');
  expect(localStorage.getItem('yunzhi.draft.rule-r1')).toBeNull();
}, 20_000);

test('a mistake stands at its field with its place, and keeps the rule from being saved', async () => {
  serve([{ pointer: '/yaml/expr:1:6', detail: '查询不完整' }]);
  show();
  fireEvent.change(await screen.findByLabelText(/表达式/), { target: { value: 'used >' } });
  await screen.findByText('第 1 行第 6 列：查询不完整');
  fireEvent.click(screen.getByRole('button', { name: '保存规则' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('who may not write reads the text and the versions', async () => {
  serve();
  show({});
  await screen.findByText(/expr: 'used > 90'/);
  await waitFor(() => expect(screen.getByText('新增')).toBeTruthy());
  expect(screen.queryByRole('button', { name: '保存规则' })).toBeNull();
  expect(screen.queryByRole('button', { name: '停用规则' })).toBeNull();
});
