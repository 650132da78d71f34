// Answers of the demonstration server, in the shapes of the HTTP API.
import {
  alerts,
  bpmn,
  clauses,
  form,
  incidents,
  iso,
  labels,
  me,
  people,
  systems,
  tasks,
  units,
} from './fixtures.ts';
import { accounts, charts, duties, ledger, notifications, overview, rules, targets } from './content.ts';
import { availability, availabilityOf } from './availability.ts';
import { modules, states } from './modules.ts';

type Row = Record<string, unknown> & { id: string };
const families: Record<string, Row[]> = { incidents, systems, people, units };
const minute = 60_000;

const verbs =
  'incident.read incident.report incident.update system.read system.write person.read person.write unit.read unit.write task.read task.work alert.read monitor.query clause.read duty.read duty.work ledger.read ledger.verify process.read overview.read search.read account.read account.write role.grant';

export const session = {
  person: {
    id: me,
    name: '张伟',
    account: 'zhangwei',
    roles: ['operations_supervisor'],
    unit: null,
    post: '运行主管',
    language: 'zh-CN',
  },
  permissions: Object.fromEntries(verbs.split(' ').map((verb) => [verb, 'all'])),
  csrf: 'demonstration',
  expires_at: iso(8 * 60 * minute),
  organisation: '云岭医院',
  demo: true,
  version: '0.1.0',
};

function clocksOf(row: Row) {
  if (row.state === 'closed' || row.state === 'cancelled') return [];
  const reported = row.state === 'reported';
  const over = row.priority === 'p1';
  return [
    {
      name: 'response',
      state: reported ? 'running' : 'met',
      target_at: iso(40 * minute),
      elapsed_ms: 80 * minute,
      remaining_ms: 40 * minute,
      breached: false,
      explanation: [{ at: row.created_at, mode: 'running', state: 'reported', elapsed_ms: 0 }],
    },
    {
      name: 'resolution',
      state: over ? 'breached' : 'running',
      target_at: iso(over ? -35 * minute : 135 * minute),
      elapsed_ms: 345 * minute,
      remaining_ms: over ? -35 * minute : 135 * minute,
      breached: over,
      explanation: [
        { at: row.created_at, mode: 'running', state: 'reported', elapsed_ms: 0 },
        { at: iso(-120 * minute), mode: 'paused', state: 'confirming', elapsed_ms: 200 * minute },
        { at: iso(-60 * minute), mode: 'running', state: 'diagnosing', elapsed_ms: 200 * minute },
      ],
    },
  ];
}

function detail(plural: string, row: Row): Row {
  if (plural !== 'incidents') return { ...row, labels };
  const open = tasks.filter((task) => (task.record as { id: string }).id === row.id);
  return { ...row, labels, clocks: clocksOf(row), tasks: open };
}

function list(plural: string, query: URLSearchParams) {
  const rows = families[plural] ?? [];
  const skip = new Set(['limit', 'after', 'sort', 'q', 'fields']);
  const kept = rows.filter((row) =>
    [...query].every(([key, value]) => {
      if (key === 'q') return JSON.stringify(row).includes(value);
      if (skip.has(key)) return true;
      if (key === 'open') return (row.state !== 'closed' && row.state !== 'cancelled') === (value === 'true');
      if (key.endsWith('.from')) return String(row[key.slice(0, -5)]) >= value;
      if (key.endsWith('.to')) return String(row[key.slice(0, -3)]) <= value;
      return value.split(',').includes(String(row[key]));
    }),
  );
  const limit = Number(query.get('limit') ?? 50);
  const from = Number(query.get('after') ?? 0);
  const items = kept.slice(from, from + limit);
  const next = from + limit < kept.length ? String(from + limit) : null;
  return {
    items: items.map((row) => (plural === 'incidents' ? { ...row, clocks: clocksOf(row) } : row)),
    next,
    total: { count: kept.length, exact: true },
    labels,
  };
}

const moment = (minutes: number, who: number | null, action: string, detail: unknown) => ({
  seq: 5000 - minutes,
  at: iso(-minutes * minute),
  kind: action.split('.')[0] === 'incident' ? 'record' : action.split('.')[0],
  action,
  actor: who === null ? { id: 'system:clock', name: null } : { id: people[who]?.id, name: people[who]?.name },
  detail,
});

const timeline = [
  moment(60, null, 'clock.breach', { clock: 'response' }),
  moment(90, 2, 'attachment.write', { name: '窗口照片.jpg', size: 284_112 }),
  moment(120, 2, 'comment.write', { text: '已远程查看，打印服务队列有 300 多个任务卡住。' }),
  moment(190, 0, 'task.complete', {
    step: 'assess',
    severity: [null, 'major'],
    urgency: [null, 'high'],
    priority: ['p3', 'p1'],
    state: ['reported', 'diagnosing'],
    assignee: [null, people[2]?.id],
  }),
  moment(195, 0, 'task.claim', { step: 'assess' }),
  moment(200, 4, 'incident.report', { title: '门诊收费窗口打印机不出票', source: 'person' }),
];

const parts: Record<string, unknown> = {
  timeline: { items: timeline },
  comments: {
    items: [
      {
        id: '1',
        at: iso(-120 * minute),
        author: people[2]?.id,
        text: '已远程查看，打印服务队列有 300 多个任务卡住。',
      },
    ],
  },
  attachments: {
    items: [
      {
        id: '1',
        name: '窗口照片.jpg',
        type: 'application/octet-stream',
        size: 284_112,
        created_at: iso(-100 * minute),
      },
    ],
  },
  links: {
    items: [
      {
        id: '1',
        relation: 'caused_by',
        outgoing: true,
        kind: 'incident',
        record: incidents[9]?.id,
        number: 'INC-2026-01391',
        title: '电子病历保存时报错，需要重复提交',
      },
    ],
  },
  diagram: {
    xml: bpmn,
    active: ['diagnose'],
    visited: ['reported', 'assess'],
    flows: ['flow_reported', 'flow_assessed'],
  },
};

function range(query: URLSearchParams) {
  const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(query.get(name)));
  const expression = query.get('query') ?? '';
  const large = expression.startsWith('net');
  const values: [number, string][] = [];
  for (let at = start ?? 0; at <= (end ?? 0); at += step ?? 15) {
    if (at % 7200 > 5000 && at % 7200 < 5400) continue;
    const wave = Math.sin(at / 900 + expression.length) * 18 + Math.sin(at / 97) * 6 + 52;
    values.push([at, String(large ? wave * 40_000 : wave)]);
  }
  return {
    status: 'success',
    data: { resultType: 'matrix', result: [{ metric: { instance: '10.0.0.10:9100' }, values }] },
  };
}

function task(id: string) {
  const found = tasks.find((one) => one.id === id);
  if (!found) return null;
  const schema = form(String(found.element));
  const record = incidents.find((row) => row.id === (found.record as { id: string }).id);
  const fields = Object.keys(schema.properties).map((name) => ({
    name,
    required: schema.required.includes(name),
  }));
  const action = {
    assess: 'assessment',
    diagnose: 'diagnosis',
    repair: 'solution',
    test: 'test',
    confirm: 'confirmation',
    summarise: 'summary',
  };
  return {
    ...found,
    form: {
      fields,
      schema,
      action: `incident.action.submit_${action[found.element as keyof typeof action]}`,
    },
    record: { ...record, labels },
  };
}

const clause = (id: string) => {
  const found = clauses.find((one) => one.id === id);
  if (!found) return null;
  const violations = found.state === 'violated' ? 2 : 0;
  const control = {
    id: 'control',
    title: '恢复须经报告人确认',
    expected: 124,
    violations,
    checked_at: found.checked_at,
    sentence: `近 30 天关闭故障 124 起，未经报告人确认 ${violations} 起`,
    evidence: [
      { title: 'INC-2026-01388 移动护理终端无法扫描腕带', href: `/incidents/${incidents[5]?.id}` },
      { title: '近 30 天关闭的故障', href: '/incidents?view=all' },
    ],
    trend: [5, 4, 4, 2, 3, 1, 2].map((violations, n) => ({
      day: `2026-11-${17 + n}`,
      expected: 124,
      violations,
    })),
  };
  return { ...found, controls: found.controls ? [control] : [] };
};

const plain: Record<string, (query: URLSearchParams) => unknown> = {
  '/api/v1/modules': () => ({ items: modules }),
  '/api/v1/overview': () => overview,
  '/api/v1/tasks': () => ({
    items: tasks.filter((one) => one.assignee === me || one.claimable),
    next: null,
    labels,
  }),
  '/api/v1/alerts': (query) => ({
    items: alerts.filter(
      (one) =>
        (!query.get('state') || one.state === query.get('state')) &&
        (!query.get('system') || one.system === query.get('system')),
    ),
    labels,
  }),
  '/api/v1/rules': () => ({ items: rules }),
  '/api/v1/availability': availability,
  '/api/v1/targets': () => ({ items: targets }),
  '/api/v1/boards/templates/host': () => ({ charts }),
  '/api/v1/clauses': () => ({ items: clauses }),
  '/api/v1/ledger': () => ({ items: ledger, next: null, labels }),
  '/api/v1/ledger/verification': () => ({ ok: true, entries: 4210, first_bad: null }),
  '/api/v1/notifications': (query) => ({
    items: query.get('unread') ? notifications.filter((one) => !one.read) : notifications,
  }),
  '/api/v1/accounts': () => ({ items: accounts }),
  '/api/v1/api-tokens': () => ({ items: [{ id: '1', name: '报表脚本', created_at: iso(-9e8) }] }),
  '/api/v1/processes': () => ({
    items: [
      {
        id: 'p1',
        key: 'incident',
        name: '故障处理',
        version: 3,
        record_kind: 'incident',
        active: true,
        deployed_at: iso(-9e9),
      },
    ],
  }),
  '/api/v1/search': (query) => ({
    items: incidents
      .filter((row) => `${String(row.number)} ${String(row.title)}`.includes(query.get('q') ?? ''))
      .slice(0, 6)
      .map((row) => ({ kind: 'incident', id: row.id, number: row.number, title: row.title })),
  }),
  '/prometheus/api/v1/query_range': range,
  '/prometheus/api/v1/query': () => ({
    status: 'success',
    data: {
      resultType: 'vector',
      result: [{ metric: { __name__: 'up', instance: '10.0.0.10:9100' }, value: [Date.now() / 1000, '1'] }],
    },
  }),
  '/api/v1/processes/names': () => ({}),
  '/api/v1/duties': (query) => ({ items: duties(query.get('state') ?? 'planned') }),
  '/prometheus/api/v1/metadata': () => ({
    status: 'success',
    data: { up: [{ type: 'gauge', help: 'Whether the target answers' }] },
  }),
  '/prometheus/api/v1/labels': () => ({ status: 'success', data: ['__name__', 'instance', 'job'] }),
  '/prometheus/api/v1/series': () => ({
    status: 'success',
    data: ['10.0.0.10:9100', '10.0.0.11:9100'].map((instance) => ({
      __name__: 'up',
      job: 'system',
      instance,
    })),
  }),
  '/prometheus/api/v1/label/__name__/values': () => ({ status: 'success', data: ['up', 'node_load1'] }),
  '/openapi.json': () => ({
    info: { title: 'Yunzhi', version: '0.1.0' },
    paths: {
      '/api/v1/incidents': {
        get: { summary: 'List faults', tags: ['incidents'], responses: { 200: { description: 'A page' } } },
        post: {
          summary: 'Report a fault',
          tags: ['incidents'],
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['title'],
                  properties: { title: { type: 'string' }, state: { enum: states.split(' ') } },
                },
              },
            },
          },
          responses: { 201: { description: 'Reported' } },
        },
      },
    },
  }),
};

/** The answer to a GET, or undefined when there is none. */
export function answer(path: string, query: URLSearchParams): unknown {
  const direct = plain[path];
  if (direct) return direct(query);
  const [plural = '', id, part] = path.replace('/api/v1/', '').split('/');
  if (plural === 'tasks' && id) return task(id) ?? undefined;
  if (plural === 'clauses' && id) return clause(id) ?? undefined;
  if (plural === 'availability' && id) return availabilityOf(id, query);
  if (!families[plural]) return undefined;
  if (!id) return list(plural, query);
  if (part) return parts[part];
  const row = families[plural]?.find((one) => one.id === id);
  return row ? detail(plural, row) : undefined;
}
