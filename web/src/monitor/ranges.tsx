// The time range of charts, the same on every page until somebody chooses another.
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keep, kept } from '@/kit/keep';

const ranges: [string, number][] = [
  ['15m', 900],
  ['1h', 3600],
  ['6h', 21_600],
  ['24h', 86_400],
  ['7d', 604_800],
];

export function useSharedRange(): [number, (range_s: number) => void] {
  const [range_s, setRange] = useState<number>(() => kept('range', 3600));
  return [
    range_s,
    (next) => {
      keep('range', next);
      setRange(next);
    },
  ];
}

interface RangeProps {
  value: number;
  onChange: (range_s: number) => void;
  small?: boolean;
}

export function RangeChoice({ value, onChange, small }: RangeProps) {
  const { t } = useTranslation();
  return (
    <Segmented
      size={small ? 'small' : undefined}
      aria-label={t('monitor.range')}
      value={value}
      options={ranges.map(([key, seconds]) => ({ value: seconds, label: t(`monitor.range_${key}`) }))}
      onChange={onChange}
    />
  );
}
