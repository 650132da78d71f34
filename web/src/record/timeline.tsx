// People, machine and clock events of a record in one stream, newest first.
import {
  AuditOutlined,
  BellOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  CommentOutlined,
  NodeIndexOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeline } from '@/api/records';
import type { TimelineItem } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { formatDay, formatInstant } from '@/kit/format';

const icons: Record<TimelineItem['kind'], ReactNode> = {
  ledger: <AuditOutlined />,
  task: <CheckOutlined />,
  comment: <CommentOutlined />,
  clock: <ClockCircleOutlined />,
  alert: <BellOutlined />,
  process: <NodeIndexOutlined />,
};

function byDay(items: TimelineItem[]): [string, TimelineItem[]][] {
  const days = new Map<string, TimelineItem[]>();
  for (const item of [...items].sort((a, b) => (a.at < b.at ? 1 : -1))) {
    const day = formatDay(item.at);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days];
}

export function Timeline({ plural, id }: { plural: string; id: string }) {
  const { t } = useTranslation();
  return (
    <Loaded
      query={useTimeline(plural, id)}
      isEmpty={(data) => data.items.length === 0}
      empty={<Empty title={t('record.timeline_empty')} hint={t('record.timeline_empty_hint')} />}
    >
      {(data) => (
        <div className="timeline">
          {byDay(data.items).map(([day, items]) => (
            <section key={day}>
              <h3 className="figures">{day}</h3>
              <ol>
                {items.map((item, index) => (
                  <li key={index} className={`moment moment-${item.kind}`}>
                    <span className="moment-icon" title={t(`timeline.${item.kind}`)}>
                      {icons[item.kind]}
                    </span>
                    <time className="figures faint" dateTime={item.at}>
                      {formatInstant(item.at).slice(11)}
                    </time>
                    <div>
                      <span className="moment-who">{item.actor?.name ?? t('record.system_actor')}</span>{' '}
                      <span>{item.text}</span>
                      {item.detail && <p className="moment-detail">{item.detail}</p>}
                    </div>
                  </li>
                ))}
              </ol>
            </section>
          ))}
        </div>
      )}
    </Loaded>
  );
}
