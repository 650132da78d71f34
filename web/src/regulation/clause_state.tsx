// The state of a clause: word, shape and colour.
import { useTranslation } from 'react-i18next';
import type { ClauseState } from '@/api/types';
import { Badge, Mark, type Shape, type Tone } from '@/kit/marks';

export const clauseLooks: Record<ClauseState, [Tone, Shape]> = {
  held: ['green', 'tick'],
  violated: ['red', 'triangle'],
  stale: ['orange', 'half'],
  no_control: ['faint', 'hollow'],
};

export const clauseStates = Object.keys(clauseLooks) as ClauseState[];

export function ClauseMark({ state, strong = false }: { state: ClauseState; strong?: boolean }) {
  const { t } = useTranslation();
  const [tone, shape] = clauseLooks[state] ?? ['faint', 'hollow'];
  const Shown = strong ? Badge : Mark;
  return (
    <Shown tone={tone} shape={shape}>
      {t(`clause.state.${state}`)}
    </Shown>
  );
}
