// Signing off one occurrence: what was found, in words; it cannot be taken back.
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignOff } from '@/api/duties';
import { faultsByField } from '@/api/client';
import type { DutyOccurrence } from '@/api/types';
import { Dialog } from '@/kit/dialog';
import { formatInstant } from '@/kit/format';
import { tell } from '@/kit/toast';
import { Frame } from '@/record/frame';
import { Refusal } from '@/record/refusal';

export function SignOff({ item, onClose }: { item: DutyOccurrence; onClose: () => void }) {
  const { t } = useTranslation();
  const sign = useSignOff();
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const fault = faultsByField(sign.error).note ?? (tried && !note.trim() ? t('duty.note_needed') : undefined);
  const send = () => {
    setTried(true);
    if (!note.trim()) return;
    sign.mutate(
      { id: item.id, note: note.trim() },
      {
        onSuccess: () => {
          tell(t('duty.signed', { title: item.title }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={item.title}
      open
      onClose={onClose}
      footer={
        <Button type="primary" loading={sign.isPending} onClick={send}>
          {t('duty.sign_off')}
        </Button>
      }
    >
      <div className="form">
        <Refusal error={sign.error} known={['note']} />
        <p className="muted figures">
          {t('duty.between', { from: formatInstant(item.due_at), to: formatInstant(item.until_at) })}
        </p>
        <Frame id="duty-note" label={t('duty.note')} required hint={t('duty.note_hint')} fault={fault}>
          <Input.TextArea
            id="duty-note"
            className="growing"
            rows={3}
            aria-describedby="duty-note-note"
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Frame>
        <div className="form-row">
          <Button size="small" onClick={() => setNote(t('duty.note_normal'))}>
            {t('duty.note_normal')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
