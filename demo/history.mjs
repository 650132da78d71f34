// Three months of past faults, told from templates: the same seed and the same day give the same history.
import { sequence } from './random.mjs';

const MINUTE = 60_000;
const DAY = 86_400_000;
const ZONE = 8 * 3_600_000; // the hospital's clock is UTC+8 all year

const PRIORITIES = {
  critical: { high: 'p1', medium: 'p1', low: 'p2' },
  major: { high: 'p1', medium: 'p2', low: 'p3' },
  minor: { high: 'p2', medium: 'p3', low: 'p4' },
  low: { high: 'p3', medium: 'p4', low: 'p4' },
};
const RESULTS = [
  '业务恢复正常，观察 {watch}未再出现。',
  '业务已恢复，受影响的数据已核对无误，持续观察 {watch}均正常。',
  '测试通过并经报告人确认，观察 {watch}运行平稳。',
];
const WATCHES = ['30 分钟', '1 小时', '2 小时'];
// Of a hundred faults a few are grave; the same kind does not come back at once.
const WEIGHTS = { p1: 0.25, p2: 0.8, p3: 1.3, p4: 0.9 };
const APART = 8;

const iso = (ms) => new Date(ms).toISOString();
const local = (ms) => new Date(ms + ZONE);
const clock = (ms) => iso(ms + ZONE).slice(11, 16);
const day_name = (ms) => `${local(ms).getUTCMonth() + 1} 月 ${local(ms).getUTCDate()} 日`;

/** Replaces {name} by its value; what has no value stays as it is. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// Machines break at any hour; people report while they work, most of all on a Monday morning.
function moments(count, now, chance) {
  const today = Math.floor((now + ZONE) / DAY) * DAY - ZONE;
  const found = [];
  while (found.length < count) {
    const start = today - chance.between(2, 92) * DAY;
    const weekday = local(start).getUTCDay();
    const weight = weekday === 0 || weekday === 6 ? 0.25 : weekday === 1 ? 1 : 0.8;
    if (!chance.chance(weight)) continue;
    const hour = chance.chance(0.85) ? chance.pick([8, 8, 9, 9, 10, 10, 11, 13, 14, 14, 15, 16, 17]) : chance.between(0, 23);
    found.push(start + (hour * 60 + chance.between(0, 59)) * MINUTE + chance.between(0, 59) * 1000);
  }
  return found.sort((a, b) => a - b);
}

function choose_template(templates, recent, at, chance) {
  const hour = local(at).getUTCHours();
  const night = hour < 7 || hour > 18;
  const fitting = templates.filter(
    (each) => !recent.includes(each) && (!night || each.source === 'alert' || each.severity !== 'low'),
  );
  const weights = fitting.map((each) => WEIGHTS[PRIORITIES[each.severity][each.urgency]]);
  let left = chance.next() * weights.reduce((sum, each) => sum + each, 0);
  const chosen = fitting.find((_, index) => (left -= weights[index]) <= 0) ?? fitting.at(-1);
  recent.push(chosen);
  if (recent.length > APART) recent.shift();
  return chosen;
}

function course_of(template, created, chance) {
  const assessed = created + (chance.chance(0.05) ? chance.between(35, 90) : chance.between(2, 13)) * MINUTE;
  const repaired = assessed + chance.between(...template.minutes) * MINUTE;
  const tested = repaired + chance.between(3, 12) * MINUTE;
  const confirmed = tested + chance.between(4, 40) * MINUTE;
  return { assessed, repaired, tested, confirmed, closed: confirmed + chance.between(30, 1300) * MINUTE };
}

function handling_of(people, course, values) {
  return fill(
    '{day} {reported} 接到{informant}报告，{assessed} 研判为 {grade} 并指派{handler}处理；{repaired} 完成修复，' +
      '{tested} 恢复测试通过，{confirmed} 经{witness}确认恢复。',
    {
      ...values,
      assessed: clock(course.assessed),
      repaired: clock(course.repaired),
      tested: clock(course.tested),
      confirmed: clock(course.confirmed),
      handler: people.handler.name,
      informant: people.reporter?.name ?? '监控告警',
      witness: people.reporter?.name ?? '运行主管',
    },
  );
}

// The owner mends most faults of a system; now and then a colleague on duty does.
function people_for(template, world, chance) {
  const system = world.systems.find((each) => each.key === template.system);
  const operators = world.people.filter((each) => each.roles.includes('system_operator'));
  const owner = operators.find((each) => each.account === system.owner);
  const reporters = world.people.filter((each) => each.unit === template.from);
  return {
    system,
    handler: chance.chance(0.7) ? owner : chance.pick(operators),
    reporter: template.source === 'alert' ? undefined : chance.pick(reporters),
  };
}

function fault(template, created, world, chance) {
  const people = people_for(template, world, chance);
  const course = course_of(template, created, chance);
  const grade = PRIORITIES[template.severity][template.urgency];
  const values = {
    place: chance.pick(world.places[template.from ?? 'building']),
    room: chance.pick(world.places.room),
    n: chance.between(6, 28),
    k: chance.between(1, 8),
    pct: chance.between(91, 97),
    clock: clock(created - chance.between(3, 15) * MINUTE),
    day: day_name(created),
    reported: clock(created),
    grade: grade.toUpperCase(),
    watch: chance.pick(WATCHES),
  };
  const told = (text) => fill(text, values);
  return {
    title: told(chance.pick(template.titles)),
    description: told(template.description),
    source: template.source ?? 'person',
    ...(people.reporter ? { reporter: world.ids.people[people.reporter.account] } : {}),
    system: world.ids.systems[people.system.key],
    scope: template.scope,
    started_at: iso(created - chance.between(2, 15) * MINUTE),
    severity: template.severity,
    urgency: template.urgency,
    priority: grade,
    state: 'closed',
    assignee: world.ids.people[people.handler.account],
    diagnosis: told(template.diagnosis),
    solution: told(template.solution),
    test_result: 'passed',
    confirmed: true,
    cause: told(template.cause),
    handling: handling_of(people, course, values),
    result: told(chance.pick(RESULTS)),
    improvement: told(template.improvement),
    created_at: iso(created),
    closed_at: iso(course.closed),
  };
}

/**
 * The closed faults of the three months before `now`, oldest first, as lines for the import.
 * `world`: systems, people, places, templates, and ids {people, systems} by account and key.
 */
export function history(world, { count, seed, now }) {
  const chance = sequence(seed);
  const recent = [];
  return moments(count, now, chance).map((at) =>
    fault(choose_template(world.templates, recent, at, chance), at, world, chance),
  );
}
