// The question asked when a form with unsent words is left.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/kit/dialog';
import { useLeaving } from './draft';

export function Leaving({ active, onDiscard }: { active: boolean; onDiscard: () => void }) {
  const { t } = useTranslation();
  const blocker = useLeaving(active);
  const blocked = blocker.state === 'blocked';
  return (
    <Dialog
      title={t('record.leave_title')}
      open={blocked}
      onClose={() => blocker.reset?.()}
      footer={
        <>
          <Button
            danger
            type="text"
            onClick={() => {
              onDiscard();
              blocker.proceed?.();
            }}
          >
            {t('record.leave_discard')}
          </Button>
          <Button onClick={() => blocker.proceed?.()}>{t('record.leave_keep')}</Button>
          <Button type="primary" onClick={() => blocker.reset?.()}>
            {t('record.leave_stay')}
          </Button>
        </>
      }
    >
      <p>{t('record.leave_text')}</p>
    </Dialog>
  );
}
