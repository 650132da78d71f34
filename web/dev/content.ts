// What the demonstration server says beside records: overview, ledger, rules, targets, accounts.
import { clauses, incidents, iso, me, people, systems } from './fixtures.ts';

const minute = 60_000;

export const charts = [
  {
    id: 'cpu',
    title: 'CPU 使用率',
    unit: 'percent',
    critical: 90,
    series: [{ expr: 'cpu{instance="$instance"}' }],
  },
  {
    id: 'memory',
    title: '内存使用率',
    unit: 'percent',
    critical: 92,
    series: [{ expr: 'memory{instance="$instance"}' }],
  },
  {
    id: 'disk',
    title: '磁盘使用率',
    unit: 'percent',
    critical: 90,
    series: [{ expr: 'disk{instance="$instance"}' }],
  },
  {
    id: 'network',
    title: '网络流量',
    unit: 'bytes/s',
    series: [
      { expr: 'net_in{instance="$instance"}', name: '接收' },
      { expr: 'net_out{instance="$instance"}', name: '发送' },
    ],
  },
];

const counted = (state: string) => clauses.filter((clause) => clause.state === state).length;
const open = incidents.filter((row) => row.state !== 'closed' && row.state !== 'cancelled');
export const overview = {
  incidents: {
    open: open.length,
    by_priority: Object.fromEntries(
      ['p1', 'p2', 'p3', 'p4'].map((key) => [key, open.filter((row) => row.priority === key).length]),
    ),
    breached: 2,
    today: 3,
  },
  tasks: { mine: 5, overdue: 1 },
  alerts: { firing: 2 },
  availability: systems.map((row, n) => ({
    system: row.id,
    name: row.name,
    ratio_30d: n === 10 ? null : 0.99999 - n * n * 0.00009,
  })),
  clauses: {
    held: counted('held'),
    violated: counted('violated'),
    stale: counted('stale'),
    no_control: counted('no_control'),
  },
  on_duty: [
    { person: people[1]?.id, name: '王芳', role: 'system_operator' },
    { person: people[3]?.id, name: '刘洋', role: 'equipment_operator' },
  ],
};

export const ledger = Array.from({ length: 60 }, (_, n) => ({
  seq: 4210 - n,
  at: iso(-n * 11 * minute),
  actor: people[n % 6]?.id,
  action: ['incident.create', 'incident.update', 'session.create'][n % 3],
  subject: `incident/${incidents[n % 20]?.id}`,
  change:
    n % 3 === 1
      ? { state: ['reported', 'diagnosing'], priority: [null, 'p2'] }
      : n % 3 === 0
        ? { title: incidents[n]?.title }
        : {},
  hash: '9f2c41d7a80b5e63c1'.repeat(3),
}));

export const notifications = [
  '轮到你研判：门诊收费窗口打印机不出票',
  '故障响应超时，已升级到你',
  '王芳 完成了诊断',
].map((title, n) => ({
  id: String(n),
  at: iso(-n * 50 * minute),
  title,
  body: String(incidents[n]?.number),
  href: `/incidents/${incidents[n]?.id}`,
  read: n > 1,
}));

const rule = (name: string, group: string, expr: string, severity: string, state?: string) => ({
  name,
  group,
  file: 'host.yaml',
  expr,
  for_ms: minute,
  labels: { severity },
  annotations: { summary: '主机 {{ $labels.instance }} 异常' },
  last_error: null,
  last_run: iso(-5000),
  alerts: state ? [{ state, labels: {}, active_at: iso(-minute), value: 1 }] : [],
});

export const rules = [
  rule(
    'HostHighCpu',
    'host-resources',
    '100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[1m]))) > 90',
    'major',
    'firing',
  ),
  rule('TargetDown', 'host-availability', 'up == 0', 'critical'),
];

export const targets = [10, 11, 12, 21].map((n, index) => ({
  job: 'systems',
  instance: `10.0.0.${n}:9100`,
  state: index === 3 ? 'down' : 'up',
  last_scrape: iso(-9000),
  last_error: index === 3 ? 'connection refused' : null,
  seconds: 0.014 + index * 0.003,
  samples: 1180,
}));

export const accounts = people.slice(0, 9).map((row, n) => ({
  id: row.id,
  account: `user${n}`,
  person: { id: row.id, name: row.name },
  roles: [['operations_supervisor'], ['system_operator'], ['business_operator'], ['security_officer']][n % 4],
  disabled: n === 7,
  last_login_at: iso(-n * 70 * minute),
}));

/** Occurrences of duties around the present. */
export const duties = (state: string) =>
  [-26, -2, -1, 3, 22, 46].map((hours, index) => ({
    id: `d${index}`,
    duty: 'daily-system-inspection',
    title: index % 2 ? '系统日巡检' : '备份结果核查',
    clause: '3.2.1',
    role: 'operations_supervisor',
    state,
    mine: index % 3 !== 0,
    due_at: iso((state === 'planned' ? hours : hours - 48) * 3_600_000),
    until_at: iso((state === 'planned' ? hours + 4 : hours - 44) * 3_600_000),
    done_by: state === 'done' ? me : null,
    done_at: state === 'done' ? iso((hours - 47) * 3_600_000) : null,
    note: state === 'done' ? '检查正常，无异常情况。' : null,
  }));
