// One sentence that answers "are we all right?".
import { useTranslation } from 'react-i18next';
import type { Overview } from '@/api/types';
import { ShapeMark, type Shape, type Tone } from '@/kit/marks';

export function Verdict({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const { breached, by_priority } = overview.incidents;
  const trouble = breached > 0 || (by_priority.p1 ?? 0) > 0;
  const attention = overview.alerts.firing > 0 || overview.tasks.overdue > 0;
  const [tone, shape, word]: [Tone, Shape, string] = trouble
    ? [
        'red',
        'triangle',
        breached === 0 ? 'day.trouble_p1' : by_priority.p1 ? 'day.trouble' : 'day.trouble_breached',
      ]
    : attention
      ? [
          'orange',
          'half',
          overview.tasks.overdue === 0
            ? 'day.attention_alerts'
            : overview.alerts.firing
              ? 'day.attention'
              : 'day.attention_tasks',
        ]
      : ['green', 'tick', 'day.calm'];
  return (
    <p className={`verdict badge-${tone}`}>
      <ShapeMark shape={shape} tone={tone} />
      {t(word, {
        breached,
        p1: by_priority.p1 ?? 0,
        firing: overview.alerts.firing,
        overdue: overview.tasks.overdue,
      })}
    </p>
  );
}
