// Deputies: who stands in for whom, and ending it.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startWords } from '@/kit/words';
import { DeputyPart } from './deputies';

const one = {
  person: 'me-1',
  deputy: 'p2',
  starts_at: '2026-12-01T00:00:00Z',
  ends_at: '2026-12-08T00:00:00Z',
};
const list = {
  items: [
    { id: 'd1', ...one, reason: '年假' },
    { id: 'd2', ...one, person: 'p3', deputy: 'me-1' },
  ],
  next: null,
  labels: { 'me-1': '李敏', p2: '王芳', p3: '赵强' },
};

function show() {
  const asked = vi.fn<(path: string, options: { method: string }) => Promise<Response>>(() =>
    Promise.resolve(new Response(JSON.stringify(list), { status: 200 })),
  );
  vi.stubGlobal('fetch', asked);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(['standing'], {
    session: { person: { id: 'me-1' }, permissions: { 'task.work': 'own' }, csrf: 'c' },
  });
  render(
    <QueryClientProvider client={client}>
      <DeputyPart />
    </QueryClientProvider>,
  );
  return asked;
}

beforeEach(() => startWords());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('my deputy can be ended by me, that of somebody else cannot', async () => {
  const asked = show();
  const mine = (await screen.findByText('由 王芳 代理')).closest('li') as HTMLElement;
  const other = screen.getByText('李敏 代理 赵强').closest('li') as HTMLElement;
  expect(within(other).queryByRole('button')).toBeNull();
  fireEvent.click(within(mine).getByRole('button'));
  await waitFor(() =>
    expect(asked.mock.calls.some(([path, { method }]) => method === 'POST' && path.endsWith('/d1/end'))).toBe(
      true,
    ),
  );
});

test('a deputy without a time is asked for it and not sent', async () => {
  const asked = show();
  fireEvent.click(await screen.findByRole('button', { name: '添加代理' }));
  const dialog = await screen.findByRole('dialog', { hidden: true });
  fireEvent.click(within(dialog).getByRole('button', { name: '添加代理', hidden: true }));
  expect(within(dialog).getByText('请填写开始')).toBeTruthy();
  expect(asked.mock.calls.every(([, { method }]) => method === 'GET')).toBe(true);
});
