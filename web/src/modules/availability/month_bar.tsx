// The month shown: one back, one forward but not into the future, and back to the present one.
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Period } from '@/api/availability';
import { useKeys } from '@/kit/keys';
import { useNow } from '@/kit/time';
import { monthAfter, monthOf, readMonth } from './months';

/** The month asked for in the address, and how to ask for another; null is the present month. */
export function useMonth(): [string | null, (month: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const choose = (month: string | null) => {
    const next = new URLSearchParams(params);
    if (month) next.set('month', month);
    else next.delete('month');
    setParams(next, { replace: true });
  };
  return [params.get('month'), choose];
}

export function MonthBar({ period }: { period?: Period }) {
  const { t } = useTranslation();
  const [asked, choose] = useMonth();
  const present = monthOf(useNow(), period?.zone);
  const shown = readMonth(asked) ?? period?.month ?? present;
  const last = shown >= present;
  const go = (by: number) => {
    const month = monthAfter(shown, by);
    if (month <= present) choose(month === present ? null : month);
  };
  useKeys({ '[': () => go(-1), ']': () => go(1) });
  return (
    <div className="availability-month" role="group" aria-label={shown}>
      <Button
        icon={<LeftOutlined />}
        aria-label={t('availability.earlier')}
        aria-keyshortcuts="["
        title={`${t('availability.earlier')} [`}
        onClick={() => go(-1)}
      />
      <b className="figures" aria-live="polite">
        {shown}
      </b>
      <Button
        icon={<RightOutlined />}
        aria-label={t('availability.later')}
        aria-keyshortcuts="]"
        title={`${t('availability.later')} ]`}
        disabled={last}
        onClick={() => go(1)}
      />
      {shown !== present && <Button onClick={() => choose(null)}>{t('availability.this_month')}</Button>}
    </div>
  );
}
