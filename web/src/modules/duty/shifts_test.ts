// Who really does a shift, and which shifts are now and next.
import { expect, test } from 'vitest';
import type { Rota, Shift, StandIn } from '@/api/on_call';
import { atWork, nowAndNext, shiftsByDay } from './shifts';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
const shift = (day: number, from: number, to: number): Shift => ({
  crew: 'a',
  crew_name: 'A',
  shift: 'D',
  shift_name: 'Day',
  from: at(day, from),
  to: at(day, to),
  people: [{ id: 'zhang', name: '张伟' }],
});
const standIn = (from: string, to: string): StandIn => ({
  id: '1',
  role: 'operator',
  person: 'zhang',
  person_name: '张伟',
  deputy: 'li',
  deputy_name: '李娜',
  starts_at: from,
  ends_at: to,
  reason: '',
  swap_of: null,
});

test('who stands in for a whole shift is there instead, for a part of it as well', () => {
  const day = shift(25, 8, 16);
  expect(atWork(day, 'operator', [standIn(at(25, 8), at(25, 16))])).toEqual([
    { id: 'li', name: '李娜', instead_of: '张伟' },
  ]);
  expect(atWork(day, 'operator', [standIn(at(25, 12), at(26, 0))]).map((one) => one.name)).toEqual([
    '张伟',
    '李娜',
  ]);
  expect(atWork(day, 'supervisor', [standIn(at(25, 8), at(25, 16))])[0]?.name).toBe('张伟');
});

test('the shifts of now, and those that begin next', () => {
  const rota = { role: 'operator', shifts: [shift(25, 8, 16), shift(25, 16, 24), shift(26, 8, 16)] } as Rota;
  const found = nowAndNext(rota, new Date(2026, 10, 25, 9).getTime());
  expect(found.now.map((one) => one.from)).toEqual([at(25, 8)]);
  expect(found.next.map((one) => one.from)).toEqual([at(25, 16)]);
  expect([...shiftsByDay(rota).keys()]).toEqual(['2026-11-25', '2026-11-26']);
});
