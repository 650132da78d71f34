// The state of an occurrence: word, shape and colour.
import { useTranslation } from 'react-i18next';
import type { DutyOccurrence } from '@/api/types';
import { Mark, ShapeMark, type Shape, type Tone } from '@/kit/marks';

const looks: Record<string, [Tone, Shape]> = {
  due: ['orange', 'half'],
  planned: ['neutral', 'hollow'],
  done: ['green', 'tick'],
  missed: ['red', 'cross'],
};

export function stateOf(item: DutyOccurrence, now: number): string {
  return item.state === 'planned' && Date.parse(item.due_at) <= now ? 'due' : item.state;
}

export function DutyState({ item, now }: { item: DutyOccurrence; now: number }) {
  const { t } = useTranslation();
  const state = stateOf(item, now);
  const [tone, shape] = looks[state] ?? ['neutral', 'dot'];
  return (
    <Mark tone={tone} shape={shape}>
      {t(`duty.state.${state}`)}
    </Mark>
  );
}

export function DutyShape({ item, now }: { item: DutyOccurrence; now: number }) {
  const { t } = useTranslation();
  const state = stateOf(item, now);
  const [tone, shape] = looks[state] ?? ['neutral', 'dot'];
  return (
    <>
      <ShapeMark tone={tone} shape={shape} />
      <span className="spoken">{t(`duty.state.${state}`)}</span>
    </>
  );
}
