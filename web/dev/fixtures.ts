// Invented records for looking at pages without a server: a hospital's operations department.
import { readFileSync } from 'node:fs';

const pack = new URL('../../packs/standard/', import.meta.url);
const hour = 3_600_000;
const id = (kind: string, n: number) =>
  `01990000-0000-7000-8${(kind.charCodeAt(0) * 7 + kind.length).toString(16).padStart(3, '0').slice(-3)}-${String(n).padStart(12, '0')}`;
export const iso = (offset_ms: number) => new Date(Date.now() + offset_ms).toISOString();

/** Repeatable figures in place of chance. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

type Row = Record<string, unknown> & { id: string };
const common = (n: number, prefix: string, age_ms: number) => ({
  number: `${prefix}${String(n).padStart(prefix.startsWith('INC') ? 5 : 4, '0')}`,
  version: 3,
  created_at: iso(-age_ms),
  updated_at: iso(-age_ms / 3),
});

const names =
  '张伟 王芳 李娜 刘洋 陈静 杨磊 赵敏 黄强 周婷 吴刚 徐丽 孙浩 胡军 朱琳 高峰 林雪 何平 郭涛 马超 罗英 梁晨 宋佳 郑凯 谢宁 韩冰 唐悦 冯洁 于波 董欣 萧然'.split(
    ' ',
  );
const posts = [
  '运行主管',
  '系统运维工程师',
  '系统运维工程师',
  '设备运维工程师',
  '收费员',
  '护士长',
  '药剂师',
];
const unitNames = ['信息中心', '系统运维组', '设备运维组', '门诊部', '住院部', '药剂科', '检验科', '财务科'];

export const units: Row[] = unitNames.map((name, n) => ({
  id: id('unit', n),
  ...common(n + 1, 'U-', 9000 * hour),
  name,
  parent: n === 1 || n === 2 ? id('unit', 0) : null,
  kind: n === 1 || n === 2 ? '班组' : '科室',
}));

export const people: Row[] = names.map((name, n) => ({
  id: id('person', n),
  ...common(n + 1, 'P-', 8000 * hour),
  name,
  unit: id('unit', n % 8),
  post: posts[n % posts.length],
  phone: `138 0000 ${String(1000 + n)}`,
  email: `user${n}@example.org`,
  crew: n % 3 === 0 ? 'A' : 'B',
  active: n !== 29,
}));

const systemNames =
  '医院信息系统 HIS|电子病历 EMR|检验系统 LIS|影像系统 PACS|门诊收费|药房管理|移动护理|预约挂号|医保接口|集成平台|办公系统 OA|监控主机'.split(
    '|',
  );
export const systems: Row[] = systemNames.map((name, n) => ({
  id: id('system', n),
  ...common(n + 1, 'SYS-', 7000 * hour),
  name,
  description: `${name}的生产环境，由信息中心负责运行。`,
  owner: id('person', n % 6),
  unit: id('unit', 1),
  criticality: n < 4 ? 'core' : n < 9 ? 'important' : 'general',
  address: n === 11 || n < 3 ? `10.0.0.${10 + n}:9100` : null,
  depends_on: n > 0 && n < 9 ? [id('system', 0), id('system', 9)] : [],
  state: n === 6 ? 'maintenance' : n === 10 ? 'planned' : 'running',
}));

const titles = [
  '门诊收费窗口打印机不出票',
  'HIS 登录缓慢，挂号排队超过二十人',
  'PACS 影像调阅失败，提示存储不可用',
  '检验结果回传中断',
  '主机 10.0.0.10:9100 CPU 使用率过高',
  '移动护理终端无法扫描腕带',
  '医保结算接口返回超时',
  '药房库存数与实际不符',
  '预约挂号短信未发送',
  '电子病历保存时报错，需要重复提交',
];
const states = [
  'reported',
  'diagnosing',
  'repairing',
  'testing',
  'confirming',
  'summarising',
  'closed',
  'closed',
  'closed',
  'cancelled',
];
const next = sequence(7);

export const incidents: Row[] = Array.from({ length: 140 }, (_, n) => {
  const state = n < 14 ? (states[n % 6] ?? 'closed') : (states[6 + (n % 4)] ?? 'closed');
  const graded = state !== 'reported';
  const priority = ['p1', 'p2', 'p3', 'p3', 'p4'][Math.floor(next() * 5)];
  const age = (n + 0.3) * 7 * hour;
  return {
    id: id('incident', n),
    ...common(1400 - n, 'INC-2026-', age),
    title: titles[n % titles.length],
    description:
      '上午九点左右开始，三号、四号窗口同时出现，重启打印机后短暂恢复，几分钟后再次停止。已改用五号窗口，排队约三十人。',
    source: n % 10 === 4 ? 'alert' : 'person',
    reporter: id('person', 4 + (n % 20)),
    system: id('system', [4, 0, 3, 2, 11, 6, 8, 5, 7, 1][n % 10] ?? 0),
    device: n % 10 === 0 ? '三号窗口打印机' : null,
    scope: ['one_user', 'department', 'organisation'][n % 3],
    started_at: iso(-age - hour),
    severity: graded ? ['critical', 'major', 'minor', 'low'][n % 4] : null,
    urgency: graded ? ['high', 'medium', 'low'][n % 3] : null,
    priority: graded ? priority : 'p3',
    state,
    assignee: graded ? id('person', 1 + (n % 3)) : null,
    diagnosis: n % 6 > 1 ? '打印服务队列堆积，驱动进程占满句柄。' : null,
    solution: n % 6 > 2 ? '清理队列并更新驱动，重启打印服务。' : null,
    test_result: n % 6 > 3 ? 'passed' : null,
    confirmed: n % 6 > 4,
    cause: null,
    handling: null,
    result: null,
    improvement: null,
    closed_at: state === 'closed' ? iso(-age / 2) : null,
    alert: null,
    process_instance: id('instance', n),
  };
});

const stepOf: Record<string, [string, string, string]> = {
  reported: ['assess', '研判', 'operations_supervisor'],
  diagnosing: ['diagnose', '诊断', 'system_operator'],
  repairing: ['repair', '修复', 'system_operator'],
  testing: ['test', '恢复测试', 'system_operator'],
  confirming: ['confirm', '报告人确认', 'business_operator'],
  summarising: ['summarise', '总结', 'system_operator'],
};

export const me = id('person', 0);

export const tasks: Row[] = incidents.slice(0, 14).flatMap((incident, n) => {
  const step = stepOf[String(incident.state)];
  if (!step) return [];
  return [
    {
      id: id('task', n),
      name: step[1],
      element: step[0],
      record: {
        kind: 'incident',
        id: incident.id,
        number: incident.number,
        title: incident.title,
        priority: incident.priority,
        state: incident.state,
      },
      role: step[2],
      assignee: n % 3 === 0 || n % 6 === 5 ? me : n % 3 === 1 ? null : id('person', 1 + (n % 4)),
      due_at: iso((n - 2.2) * hour),
      created_at: iso(-(n + 0.4) * hour),
      claimable: n % 3 === 1,
      state: 'open',
    },
  ];
});

export const labels = Object.fromEntries([
  ...people.map((row) => [row.id, row.name]),
  ...systems.map((row) => [row.id, row.name]),
  ...units.map((row) => [row.id, row.name]),
  ...incidents.map((row) => [row.id, row.number]),
]);

export const alerts = [
  ['HostHighCpu', 'firing', 'major', '主机 10.0.0.10:9100 CPU 使用率过高', 0, 96.4],
  ['HostDiskSpaceLow', 'firing', 'critical', '主机 10.0.0.12:9100 磁盘 /data 剩余空间不足', 2, 6.1],
  ['HostHighMemory', 'pending', 'major', '主机 10.0.0.11:9100 内存不足', 1, 93.2],
  ['TargetDown', 'resolved', 'critical', '主机 10.0.0.21:9100 采集中断', 11, 0],
].map(([name, state, severity, summary, system, value], n) => ({
  id: id('alert', n),
  name,
  state,
  severity,
  labels: { instance: `10.0.0.1${String(system)}:9100`, alertname: name },
  annotations: { summary },
  active_at: iso(-(n + 1) * 0.7 * hour),
  fired_at: state === 'pending' ? null : iso(-(n + 0.9) * 0.7 * hour),
  resolved_at: state === 'resolved' ? iso(-0.4 * hour) : null,
  value,
  incident: n < 2 ? id('incident', 4 + n) : null,
  system: id('system', Number(system)),
}));

/** Titles and texts of the standard pack, read line by line: enough for pictures. */
export const clauses = Array.from({ length: 9 }, (_, n) =>
  readFileSync(new URL(`clauses/${n + 1}.yaml`, pack), 'utf8'),
)
  .flatMap((text) => text.split(/^- id: /m).slice(1))
  .map((part) => ({
    id: /^"([^"]+)"/.exec(part)?.[1] ?? '',
    kind: /kind: (\w+)/.exec(part)?.[1],
    title: /title: \{zh-CN: "([^"]+)"/.exec(part)?.[1] ?? '',
    text: /text:\s+zh-CN: "([^"]+)"/.exec(part)?.[1] ?? '',
  }))
  .map((clause) => {
    const live = /^(2\.2|3\.4\.\d|4\.3\.[12])$/.test(clause.id);
    const judged = clause.kind === 'clause';
    const state = !judged
      ? null
      : !live
        ? 'no_control'
        : clause.id === '3.4.5'
          ? 'violated'
          : clause.id === '4.3.2'
            ? 'stale'
            : 'held';
    return {
      ...clause,
      chapter: clause.id.split('.')[0],
      state,
      controls: live ? 1 : 0,
      checked_at: live ? iso(-0.05 * hour) : null,
    };
  });

export const bpmn = readFileSync(new URL('processes/incident.bpmn', pack), 'utf8');
export const form = (element: string) =>
  JSON.parse(readFileSync(new URL(`forms/incident.${element}.json`, pack), 'utf8')) as {
    properties: Record<string, unknown>;
    required: string[];
  };
