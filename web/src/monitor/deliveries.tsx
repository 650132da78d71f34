// Whom an alert was told, step by step, by which way and what became of it.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeliveries } from '@/api/monitor';
import type { Alert, Delivery } from '@/api/types';
import { Dialog } from '@/kit/dialog';
import { Empty, Loaded } from '@/kit/faces';
import { Mark, type Shape, type Tone } from '@/kit/marks';
import { Time } from '@/kit/time';
import { wordOr } from '@/kit/words';

const looks: Record<Delivery['state'], [Tone, Shape]> = {
  delivered: ['green', 'tick'],
  waiting: ['orange', 'half'],
  dead: ['red', 'cross'],
  not_sent: ['neutral', 'hollow'],
};

export function channelWord(channel: string): string {
  return wordOr(`delivery.channel.${channel}`, channel);
}

function Line({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const [tone, shape] = looks[delivery.state];
  return (
    <li>
      <span>
        <b>{delivery.step === 0 ? t('delivery.first') : t('delivery.step', { n: delivery.step })}</b>{' '}
        {delivery.name ?? delivery.target} <span className="muted">{channelWord(delivery.channel)}</span>{' '}
        <Mark tone={tone} shape={shape}>
          {t(`delivery.${delivery.state}`)}
        </Mark>
        {delivery.reason && <span className="muted"> {delivery.reason}</span>}
      </span>
      <Time at={delivery.sent_at ?? delivery.at} exact />
    </li>
  );
}

function Trace({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  return (
    <Loaded
      query={useDeliveries(alert.id)}
      lines={3}
      isEmpty={(data) => data.items.length === 0}
      empty={<Empty title={t('delivery.none')} hint={t('delivery.none_hint')} />}
    >
      {(data) => (
        <ul className="lines">
          {data.items.map((delivery, at) => (
            <Line key={at} delivery={delivery} />
          ))}
        </ul>
      )}
    </Loaded>
  );
}

export function Deliveries({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('delivery.title')}
      </Button>
      <Dialog title={t('delivery.title')} open={open} onClose={() => setOpen(false)}>
        {open && <Trace alert={alert} />}
      </Dialog>
    </>
  );
}
