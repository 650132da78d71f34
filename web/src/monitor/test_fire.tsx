// What would happen if a rule fired now, stage by stage; a marked test message is sent only when it is asked for.
import { ThunderboltOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTestFire } from '@/api/monitor';
import type { TestFire } from '@/api/types';
import { Dialog } from '@/kit/dialog';
import { formatDuration } from '@/kit/format';
import { Mark } from '@/kit/marks';
import { wordOr } from '@/kit/words';
import { Refusal } from '@/record/refusal';
import { channelWord } from './deliveries';
import './alerts.css';

/** A length of time as the server writes it, PT1H30M. */
function milliseconds(text: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text)?.map((part) => Number(part ?? 0)) ?? [];
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** Which of the reasons keeps it quiet. */
function Suppressed({ stages }: { stages: TestFire }) {
  const { t } = useTranslation();
  const { holds, silence, maintenance_window } = stages.suppressed;
  if (!holds)
    return (
      <Mark tone="green" shape="tick">
        {t('testfire.not_suppressed')}
      </Mark>
    );
  const why = silence ? 'silence' : maintenance_window ? 'maintenance_window' : 'caused_by';
  return (
    <Mark tone="neutral" shape="pause">
      {t(`testfire.suppressed.${why}`)}
    </Mark>
  );
}

function Stages({ stages }: { stages: TestFire }) {
  const { t } = useTranslation();
  return (
    <ol className="lines test-stages" aria-live="polite">
      <li>
        <span>
          {t('testfire.rule')} <code>{stages.rule.expr}</code>
        </span>
      </li>
      <li>
        <Suppressed stages={stages} />
      </li>
      <li>{t(stages.opens_fault ? 'testfire.opens_fault' : 'testfire.opens_no_fault')}</li>
      {stages.steps.map((step) => (
        <li key={step.step}>
          <span>
            <b>
              {step.step === 0
                ? t('delivery.first')
                : t('testfire.after', { after: formatDuration(t, milliseconds(step.after)) })}
            </b>{' '}
            {wordOr(`role.${step.role}`, step.role)}：
            {Object.values(step.people)
              .map((person) => person.name)
              .join('、') || t('testfire.nobody')}
          </span>
        </li>
      ))}
      {stages.receivers.map((receiver) => (
        <li key={receiver.name}>
          {t('testfire.receiver')} {receiver.name}
        </li>
      ))}
      {stages.sent.map((sent, at) => (
        <li key={at}>
          <Mark tone={sent.reason ? 'orange' : 'green'} shape={sent.reason ? 'half' : 'tick'}>
            {t('testfire.sent', { channel: channelWord(sent.channel), target: sent.target })} {sent.reason}
          </Mark>
        </li>
      ))}
    </ol>
  );
}

export function TestFireButton({ rule }: { rule: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const fire = useTestFire(rule);
  return (
    <>
      <Button
        size="small"
        icon={<ThunderboltOutlined />}
        onClick={() => {
          setOpen(true);
          fire.mutate(false);
        }}
      >
        {t('testfire.title')}
      </Button>
      <Dialog
        title={t('testfire.title_of', { rule })}
        open={open}
        onClose={() => setOpen(false)}
        footer={
          <Button loading={fire.isPending} onClick={() => fire.mutate(true)}>
            {t('testfire.send')}
          </Button>
        }
      >
        <p className="muted">{t('testfire.lead')}</p>
        <Refusal error={fire.error} />
        {fire.data && <Stages stages={fire.data} />}
      </Dialog>
    </>
  );
}
