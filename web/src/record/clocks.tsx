// Service clocks: what is left or over, in working time, and why it is due then.
import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Clock } from '@/api/types';
import { formatDuration, formatInstant } from '@/kit/format';
import { ShapeMark, type Shape, type Tone } from '@/kit/marks';
import { choiceWord } from './looks';

function look(clock: Clock): [Tone, Shape] {
  if (clock.state === 'met') return ['green', 'tick'];
  if (clock.breached) return ['red', 'triangle'];
  if (clock.state === 'paused') return ['neutral', 'pause'];
  if (clock.state === 'stopped') return ['faint', 'hollow'];
  const whole = clock.elapsed_ms + clock.remaining_ms;
  return whole > 0 && clock.remaining_ms / whole < 0.25 ? ['orange', 'half'] : ['accent', 'ring'];
}

export function useClockText(): (clock: Clock) => string {
  const { t } = useTranslation();
  return (clock) => {
    const text = formatDuration(t, clock.remaining_ms);
    if (clock.state === 'stopped') return clock.breached ? t('clock.late', { text }) : t('clock.stopped');
    if (clock.state === 'met') return t('clock.met', { text: formatDuration(t, clock.elapsed_ms) });
    if (clock.breached || clock.remaining_ms < 0) return t('clock.over', { text });
    if (clock.state === 'paused') return t('clock.paused', { text });
    return t('clock.left', { text });
  };
}

function Explanation({ clock, kind }: { clock: Clock; kind: string }) {
  const { t } = useTranslation();
  return (
    <div className="clock-why">
      {clock.target_at && (
        <p>
          {t('clock.target')} <b className="figures">{formatInstant(clock.target_at)}</b>
        </p>
      )}
      <p>
        {t('clock.elapsed')} <b className="figures">{formatDuration(t, clock.elapsed_ms)}</b>
      </p>
      <ol>
        {clock.explanation.map((move, index) => (
          <li key={index}>
            <span className="figures faint">{formatInstant(move.at)}</span>{' '}
            {t(`clock.move_${move.mode}`, {
              state: choiceWord(kind, 'state', move.state),
              text: formatDuration(t, move.elapsed_ms),
            })}
          </li>
        ))}
      </ol>
    </div>
  );
}

export function ClockChip({ clock, kind }: { clock: Clock; kind: string }) {
  const { t } = useTranslation();
  const text = useClockText();
  const [tone, shape] = look(clock);
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      title={t('clock.why', { name: t(`clock.${clock.name}`) })}
      content={<Explanation clock={clock} kind={kind} />}
    >
      <button type="button" className={`clock tone-${tone}`}>
        <ShapeMark shape={shape} tone={tone} />
        <span className="clock-name">{t(`clock.${clock.name}`)}</span>
        <span className="clock-text figures">{text(clock)}</span>
      </button>
    </Popover>
  );
}
