// When a task is due: quiet while there is time, orange in the last hours, red when it is late.
import { useTranslation } from 'react-i18next';
import { formatDuration, formatInstant } from '@/kit/format';
import { ShapeMark } from '@/kit/marks';
import { useNow } from '@/kit/time';

const soon_ms = 2 * 3_600_000;

export function Due({ at }: { at: string | null }) {
  const { t } = useTranslation();
  const now = useNow();
  if (!at) return <span className="faint">{t('task.no_due')}</span>;
  const left = new Date(at).getTime() - now;
  const text = formatDuration(t, left);
  const [tone, shape] =
    left < 0
      ? (['red', 'triangle'] as const)
      : left < soon_ms
        ? (['orange', 'half'] as const)
        : (['neutral', 'ring'] as const);
  return (
    <span className={`mark tone-${tone}`} title={formatInstant(at)}>
      <ShapeMark shape={shape} tone={tone} />
      <span className="figures">{left < 0 ? t('task.late', { text }) : t('task.left', { text })}</span>
    </span>
  );
}
