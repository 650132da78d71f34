// A step form from the task to the server and back.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startWords } from '@/kit/words';
import type { RecordData, Task } from '@/api/types';
import { StepPanel } from './step';

const me = 'me-1';
const record = {
  id: 'i1',
  number: 'INC-2026-00001',
  version: 2,
  title: '打印机',
  labels: {},
} as unknown as RecordData;
const task: Task = {
  id: 't1',
  name: '诊断',
  element: 'diagnose',
  record: { kind: 'incident', id: 'i1', number: 'INC-2026-00001', title: '打印机', state: 'diagnosing' },
  role: 'system_operator',
  assignee: me,
  due_at: null,
  created_at: '2026-11-23T06:00:00Z',
  claimable: false,
};
const detail = {
  ...task,
  record,
  form: {
    fields: [{ name: 'diagnosis', required: true }],
    schema: { properties: { diagnosis: { type: 'string', maxLength: 200 } } },
    action: 'incident.action.submit_diagnosis',
  },
};

type Answers = Record<string, { status?: number; body: unknown }>;

function serve(answers: Answers) {
  const asked = vi.fn((path: string, options: { method: string; body?: string }) => {
    const found = answers[`${options.method} ${path}`] ?? { status: 404, body: { title: path } };
    return Promise.resolve(new Response(JSON.stringify(found.body), { status: found.status ?? 200 }));
  });
  vi.stubGlobal('fetch', asked);
  return asked;
}

const known: Answers = {
  'GET /api/v1/sessions/current': { body: { person: { id: me }, permissions: {}, csrf: 'c' } },
  'GET /api/v1/modules': { body: { items: [] } },
  'GET /api/v1/tasks/t1': { body: detail },
};

function show(shown: Task = task, permissions: Record<string, string> = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(['standing'], { session: { person: { id: me }, permissions, csrf: 'c' } });
  const page = <StepPanel kind="incident" plural="incidents" record={record} task={shown} />;
  const router = createMemoryRouter([{ path: '/', element: page }]);
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

beforeEach(() => startWords());
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

test('a step names the field that is missing and sends nothing', async () => {
  const asked = serve(known);
  show();
  fireEvent.click(await screen.findByRole('button', { name: '提交诊断' }));
  expect((await screen.findByRole('alert')).textContent).toBe('请填写诊断');
  expect(asked.mock.calls.filter(([, options]) => options.method === 'POST')).toEqual([]);
});

test('what the server refuses stands at its field', async () => {
  const refusal = {
    title: '有内容需要改正',
    status: 422,
    errors: [{ pointer: '/diagnosis', detail: '太短' }],
  };
  serve({ ...known, 'POST /api/v1/tasks/t1/complete': { status: 422, body: refusal } });
  show();
  fireEvent.change(await screen.findByLabelText('诊断'), { target: { value: '坏了' } });
  fireEvent.click(screen.getByRole('button', { name: '提交诊断' }));
  await waitFor(() => expect(document.getElementById('step-diagnosis-note')?.textContent).toBe('太短'));
});

test('a completed step sends its fields and forgets the draft', async () => {
  const asked = serve({ ...known, 'POST /api/v1/tasks/t1/complete': { body: {} } });
  show();
  fireEvent.change(await screen.findByLabelText('诊断'), { target: { value: '队列堆积' } });
  expect(localStorage.getItem('yunzhi.draft.task.t1')).toContain('队列堆积');
  fireEvent.click(screen.getByRole('button', { name: '提交诊断' }));
  await waitFor(() => expect(localStorage.getItem('yunzhi.draft.task.t1')).toBeNull());
  const sent = asked.mock.calls.find(([path]) => path.endsWith('/complete'));
  expect(JSON.parse(sent?.[1].body ?? '')).toEqual({ fields: { diagnosis: '队列堆积' } });
});

test('a step of somebody else says whom it waits for and offers nothing', async () => {
  serve(known);
  show({ ...task, assignee: 'other', labels: { other: '王芳' } });
  expect(await screen.findByText('正等待 王芳（系统运维人员）办理。')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('a step is sent back to the step that is chosen, with the reason', async () => {
  const asked = serve({
    ...known,
    'GET /api/v1/tasks/t1/earlier-steps': { body: { items: [{ element: 'assess', name: '评估' }] } },
    'POST /api/v1/tasks/t1/send-back': { body: {} },
  });
  show(task, { 'task.work': 'all' });
  fireEvent.click(await screen.findByRole('button', { name: /驳\s?回/ }));
  const dialog = await screen.findByRole('dialog', { hidden: true });
  const send = () => within(dialog).getByRole('button', { name: /驳\s?回/, hidden: true });
  fireEvent.click(send());
  expect(within(dialog).getByText('请填写理由')).toBeTruthy();
  expect(asked.mock.calls.some(([, options]) => options.method === 'POST')).toBe(false);
  fireEvent.click(await within(dialog).findByText('评估'));
  fireEvent.change(within(dialog).getByLabelText('理由'), { target: { value: '缺少系统' } });
  fireEvent.click(send());
  await waitFor(() => expect(screen.queryByRole('dialog', { hidden: true })).toBeNull());
  const sent = asked.mock.calls.find(([path]) => path.endsWith('/send-back'));
  expect(JSON.parse(sent?.[1].body ?? '')).toEqual({
    element: 'assess',
    return: 'steps',
    reason: '缺少系统',
  });
});

test('for a step of somebody else one may press and copy, not send back', async () => {
  const asked = serve({ ...known, 'POST /api/v1/tasks/t1/urge': { body: {} } });
  show({ ...task, assignee: 'other', labels: { other: '王芳' } }, { 'task.work': 'all' });
  fireEvent.click(await screen.findByRole('button', { name: /催\s?办/ }));
  expect(screen.queryByRole('button', { name: /驳\s?回/ })).toBeNull();
  const dialog = await screen.findByRole('dialog', { hidden: true });
  fireEvent.click(within(dialog).getByRole('button', { name: /催\s?办/, hidden: true }));
  await waitFor(() => expect(asked.mock.calls.some(([path]) => path.endsWith('/urge'))).toBe(true));
});
