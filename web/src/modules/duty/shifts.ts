// Shifts with the people who really do them: by the plan, or standing in for somebody.
import type { Rota, Shift, StandIn } from '@/api/on_call';
import { formatDay } from '@/kit/format';

export interface AtWork {
  id: string;
  name: string;
  /** Whose shift it is by the plan. */
  instead_of?: string;
  /** Only for a part of the shift. */
  partly?: boolean;
}

const overlap = (shift: Shift, one: StandIn) =>
  Date.parse(one.starts_at) < Date.parse(shift.to) && Date.parse(one.ends_at) > Date.parse(shift.from);

const whole = (shift: Shift, one: StandIn) =>
  Date.parse(one.starts_at) <= Date.parse(shift.from) && Date.parse(one.ends_at) >= Date.parse(shift.to);

/** Who does the shift; somebody who stands in for a part of it is there beside the planned person. */
export function atWork(shift: Shift, role: string, stand_ins: StandIn[]): AtWork[] {
  return shift.people.flatMap((person): AtWork[] => {
    const over = stand_ins.filter(
      (one) => one.role === role && one.person === person.id && overlap(shift, one),
    );
    const others = over.map((one) => ({
      id: one.deputy,
      name: one.deputy_name,
      instead_of: person.name,
      ...(whole(shift, one) ? {} : { partly: true }),
    }));
    return over.some((one) => whole(shift, one)) ? others : [person, ...others];
  });
}

/** The shifts of a rota by the day they begin on, each day in the order of the hours. */
export function shiftsByDay(rota: Rota): Map<string, Shift[]> {
  const days = new Map<string, Shift[]>();
  for (const shift of rota.shifts) {
    const day = formatDay(shift.from);
    days.set(day, [...(days.get(day) ?? []), shift]);
  }
  return days;
}

/** The shifts of the moment, and those that begin next. */
export function nowAndNext(rota: Rota, now: number): { now: Shift[]; next: Shift[] } {
  const running = rota.shifts.filter((one) => Date.parse(one.from) <= now && now < Date.parse(one.to));
  const later = rota.shifts.filter((one) => Date.parse(one.from) > now);
  const first = later[0]?.from;
  return { now: running, next: later.filter((one) => one.from === first) };
}
