// A new record from the description of its family to the server and back.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startWords } from '@/kit/words';
import { givenValues, NewRecord } from './new';

const field = (name: string, kind: string, more: object = {}) => ({
  name,
  kind,
  required: false,
  creatable: true,
  ...more,
});
const system = {
  kind: 'system',
  plural: 'systems',
  fields: [
    field('number', 'line', { creatable: false }),
    field('name', 'line', { required: true }),
    field('criticality', 'choice', { choices: ['core', 'general'] }),
    field('address', 'line'),
  ],
};

function serve(answer: { status: number; body: unknown }) {
  const asked = vi.fn((path: string, options: { method: string; body?: string }) => {
    const found =
      options.method === 'POST'
        ? answer
        : path === '/api/v1/modules'
          ? { status: 200, body: { items: [system] } }
          : { status: 404, body: { title: path } };
    return Promise.resolve(new Response(JSON.stringify(found.body), { status: found.status }));
  });
  vi.stubGlobal('fetch', asked);
  return asked;
}

function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const form = (
    <NewRecord
      kind="system"
      plural="systems"
      fields={['number', 'name', 'criticality', 'address']}
      standard={{ criticality: 'general' }}
    />
  );
  const router = createMemoryRouter(
    [
      { path: '/systems/new', element: form },
      { path: '/systems/:id', element: <p>made</p> },
    ],
    { initialEntries: ['/systems/new'] },
  );
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

test('what may be given is asked for, what is needed is said before anything is sent', async () => {
  const asked = serve({ status: 201, body: {} });
  show();
  const name = await screen.findByLabelText(/名称/);
  expect(screen.queryByLabelText(/编号/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: /登记系统/ }));
  expect(await screen.findByText('请填写名称')).toBeTruthy();
  expect(document.activeElement).toBe(name);
  expect(asked.mock.calls.some(([, options]) => options.method === 'POST')).toBe(false);
});

test('given values are sent with those that stand there beforehand, and the record is shown', async () => {
  const asked = serve({ status: 201, body: { id: 's1', name: 'HIS', number: 'SYS-1', version: 1 } });
  show();
  fireEvent.change(await screen.findByLabelText(/名称/), { target: { value: '  HIS ' } });
  fireEvent.click(screen.getByRole('button', { name: /登记系统/ }));
  expect(await screen.findByText('made')).toBeTruthy();
  const sent = asked.mock.calls.find(([, options]) => options.method === 'POST');
  expect(sent?.[0]).toBe('/api/v1/systems');
  expect(JSON.parse(sent?.[1].body ?? '')).toEqual({ name: 'HIS', criticality: 'general' });
});

test('what the server refuses stands at its field, and nothing typed is lost', async () => {
  serve({
    status: 422,
    body: { title: '有误', status: 422, errors: [{ pointer: '/address', detail: '应为 主机:端口' }] },
  });
  show();
  fireEvent.change(await screen.findByLabelText(/名称/), { target: { value: 'HIS' } });
  const address = screen.getByLabelText(/采集地址/);
  fireEvent.change(address, { target: { value: 'nowhere' } });
  fireEvent.click(screen.getByRole('button', { name: /登记系统/ }));
  await waitFor(() => expect(screen.getByText('应为 主机:端口')).toBeTruthy());
  expect((address as HTMLInputElement).value).toBe('nowhere');
});

test('empty texts and empty lists are not sent, a plain no is', () => {
  const fields = ['a', 'b', 'c', 'd'].map((name) => ({ name, kind: 'line', required: false }));
  const values: Record<string, unknown> = { a: '  ', b: [], c: false, d: ' x ' };
  expect(givenValues(fields, (name) => values[name])).toEqual({ c: false, d: 'x' });
});
