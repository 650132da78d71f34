// Invented availability of the invented systems: some well, some beyond their budget, one never measured.
import { incidents, iso, systems } from './fixtures.ts';

const hour = 3_600_000;
const zone = 'Asia/Shanghai';
const pad = (n: number) => String(n).padStart(2, '0');
const present = () => new Date(Date.now() + 8 * hour).toISOString().slice(0, 7);
const start = (month: string) => Date.parse(`${month}-01T00:00:00+08:00`);

function after(month: string, by: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  return `${Math.floor(count / 12)}-${pad((count % 12) + 1)}`;
}

const minutes = [0, 0.2, 18, 41, 95, 330, 4, 0, 12, 7, 0, 0];

function item(n: number, month: string) {
  const row = systems[n] ?? { id: '', criticality: 'general' };
  const total = Math.min(Date.now(), start(after(month, 1))) - start(month);
  const objective = row.criticality === 'core' ? 99.9 : row.criticality === 'important' ? 99.5 : 99;
  const known = n !== 10 && month >= after(present(), -9);
  const maintenance_ms = n % 4 === 2 ? 2 * hour : 0;
  const unmeasured_ms = known ? (n === 3 ? 1.4 * hour : 0) : total;
  const service_ms = known ? total - maintenance_ms - unmeasured_ms : 0;
  const downtime_ms = known ? (minutes[(n + Number(month.slice(5)) + 1) % 12] ?? 0) * 60_000 : 0;
  const budget_ms = Math.round(service_ms * (1 - objective / 100));
  const availability = known ? (1 - downtime_ms / service_ms) * 100 : null;
  return {
    system: row.id,
    number: row.number,
    name: row.name,
    criticality: row.criticality,
    calendar: n > 8 ? 'office' : 'always',
    objective,
    availability,
    met: availability === null ? null : availability >= objective,
    service_ms,
    downtime_ms,
    budget_ms,
    budget_used: budget_ms > 0 ? downtime_ms / budget_ms : null,
    unmeasured_ms,
    maintenance_ms,
    outages: downtime_ms > 0 ? 1 + (n % 3) : 0,
    source: n % 5 === 4 ? 'incidents' : n % 2 ? 'target' : 'probe',
  };
}

const period = (month: string) => ({
  month,
  zone,
  from: new Date(start(month)).toISOString(),
  to: new Date(start(after(month, 1))).toISOString(),
  running: month === present(),
});

export function availability(query: URLSearchParams) {
  const month = query.get('month') ?? present();
  const items = systems.map((_, n) => item(n, month));
  items.sort((a, b) => (b.budget_used ?? -1) - (a.budget_used ?? -1));
  return { ...period(month), items };
}

export function availabilityOf(id: string, query: URLSearchParams) {
  const n = systems.findIndex((row) => row.id === id);
  if (n < 0) return undefined;
  const month = query.get('month') ?? present();
  const one = item(n, month);
  const outage_list = Array.from({ length: one.outages }, (_, k) => {
    const lasts = one.downtime_ms / one.outages;
    const from = start(month) + (k * 6 + 2.4) * 24 * hour;
    const open = k === 2 && month === present();
    const known = incidents[k];
    return {
      from: open ? iso(-lasts) : new Date(from).toISOString(),
      to: open ? null : new Date(from + lasts).toISOString(),
      downtime_ms: lasts,
      source: one.source === 'incidents' ? 'incident' : one.source,
      incident: k === 1 ? null : { id: known?.id, number: known?.number, title: known?.title },
    };
  });
  const months = Array.from({ length: 12 }, (_, k) => {
    const figures = item(n, after(month, k - 11));
    const { availability, objective, met, downtime_ms } = figures;
    return { month: after(month, k - 11), availability, objective, met, downtime_ms };
  });
  return { ...period(month), ...one, outage_list, months };
}
