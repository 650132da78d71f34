// People, machine and clock events of a record in one stream, newest first.
import {
  AuditOutlined,
  BellOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  CommentOutlined,
  LinkOutlined,
  NodeIndexOutlined,
  PaperClipOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNaming } from '@/api/processes';
import { useTimeline } from '@/api/records';
import type { Labels, TimelineItem } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { formatDay, formatInstant } from '@/kit/format';
import { wordOr } from '@/kit/words';
import { actionWord, actorWord, stepWord, wordsIn } from './actions';
import { Change } from './trail';

const icons: Record<string, ReactNode> = {
  task: <CheckOutlined />,
  comment: <CommentOutlined />,
  clock: <ClockCircleOutlined />,
  alert: <BellOutlined />,
  process: <NodeIndexOutlined />,
  attachment: <PaperClipOutlined />,
  link: <LinkOutlined />,
  record: <AuditOutlined />,
};

function byDay(items: TimelineItem[]): [string, TimelineItem[]][] {
  const days = new Map<string, TimelineItem[]>();
  for (const item of [...items].sort((a, b) => (a.at < b.at ? 1 : -1))) {
    const day = formatDay(item.at);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days];
}

function Moment({ item, kind, labels }: { item: TimelineItem; kind: string; labels?: Labels }) {
  const step = stepWord(useNaming(), kind, item.detail);
  const words = wordsIn(item.action, item.detail);
  return (
    <li className={`moment moment-${item.kind}`}>
      <span className="moment-icon" title={wordOr(`timeline.${item.kind}`, item.kind)}>
        {icons[item.kind] ?? icons.record}
      </span>
      <time className="figures faint" dateTime={item.at}>
        {formatInstant(item.at).slice(11)}
      </time>
      <div>
        <span className="moment-who">{item.actor?.name ?? actorWord(item.actor?.id ?? 'system:')}</span>{' '}
        <span>
          {actionWord(item.action)}
          {step && ` · ${step}`}
        </span>
        {words === null ? (
          <Change kind={kind} change={item.detail} labels={labels} />
        ) : (
          <p className="moment-detail">{words}</p>
        )}
      </div>
    </li>
  );
}

interface TimelineProps {
  kind: string;
  plural: string;
  id: string;
  labels?: Labels;
}

export function Timeline({ kind, plural, id, labels }: TimelineProps) {
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
                {items.map((item) => (
                  <Moment key={item.seq} item={item} kind={kind} labels={labels} />
                ))}
              </ol>
            </section>
          ))}
        </div>
      )}
    </Loaded>
  );
}
