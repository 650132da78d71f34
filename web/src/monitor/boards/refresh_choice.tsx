// How often a board renews itself.
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

const usual = [0, 10, 30, 60, 300];

interface ChoiceProps {
  value: number;
  /** Offered too, when it is none of the usual ones: what the board says itself. */
  own: number;
  onChange: (refresh_s: number) => void;
}

export function RefreshChoice({ value, own, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const choices = [...new Set([...usual, own])].sort((a, b) => a - b);
  return (
    <Select
      aria-label={t('board.refresh')}
      value={value}
      popupMatchSelectWidth={false}
      onChange={onChange}
      options={choices.map((seconds) => ({
        value: seconds,
        label: seconds === 0 ? t('board.refresh_off') : t('board.refresh_every', { n: seconds }),
      }))}
    />
  );
}
