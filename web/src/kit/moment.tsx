// A moment typed as 2026-11-23 14:05, or chosen from the browser's own calendar. The browser's field is
// only its picker: its text would follow the browser's language, not the page's.
import { CalendarOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant, fromLocalInput, parseInstant, toLocalInput } from './format';
import { useTheme } from './theme';

interface MomentProps {
  id: string;
  value: string | null | undefined;
  onChange: (value: string | null) => void;
  invalid?: boolean;
  describedBy?: string;
}

export function Moment({ id, value, onChange, invalid, describedBy }: MomentProps) {
  const { t } = useTranslation();
  const { phone } = useTheme();
  const picker = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value ? formatInstant(value) : '');
  const unreadable = typed !== null && typed !== '' && parseInstant(typed) === null;
  const pick = () => picker.current?.showPicker?.();
  const settle = () => {
    if (typed === null) return;
    if (typed.trim() === '') onChange(null);
    const read = parseInstant(typed);
    if (read) onChange(read);
    if (read || typed.trim() === '') setTyped(null);
  };
  return (
    <span className="moment-input">
      <Input
        id={id}
        className="when figures"
        placeholder="2026-11-23 14:05"
        status={invalid || unreadable ? 'error' : undefined}
        value={shown}
        readOnly={phone}
        aria-describedby={describedBy}
        aria-invalid={unreadable || undefined}
        onClick={phone ? pick : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        suffix={
          <button type="button" className="icon-button" aria-label={t('kit.pick_time')} onClick={pick}>
            <CalendarOutlined />
          </button>
        }
      />
      <input
        ref={picker}
        type="datetime-local"
        className="moment-picker"
        tabIndex={-1}
        aria-hidden="true"
        value={value ? toLocalInput(value) : ''}
        onChange={(event) => {
          setTyped(null);
          onChange(fromLocalInput(event.target.value));
        }}
      />
      {unreadable && <span className="frame-fault">{t('kit.time_form')}</span>}
    </span>
  );
}
