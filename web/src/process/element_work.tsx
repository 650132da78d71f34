// The work at one element of a record's process: open steps with who and by when, and who did it before.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTimeline } from '@/api/records';
import type { RecordData, TimelineItem } from '@/api/types';
import { Time } from '@/kit/time';
import { wordOr } from '@/kit/words';
import { actionWord, actorWord, useStepName } from '@/record/actions';
import { Due } from '@/record/due';

interface WorkProps {
  kind: string;
  plural: string;
  record: RecordData;
  /** Null: every open step. */
  element: string | null;
}

/** Entries of the timeline that are about one element. */
export function momentsAt(items: TimelineItem[], element: string): TimelineItem[] {
  return items.filter(({ detail }) => {
    if (typeof detail !== 'object' || detail === null) return false;
    const { step, element: named } = detail as { step?: unknown; element?: unknown };
    return step === element || named === element;
  });
}

export function ElementWork({ kind, plural, record, element }: WorkProps) {
  const stepName = useStepName();
  const { t } = useTranslation();
  const timeline = useTimeline(plural, record.id);
  const open = (record.tasks ?? []).filter((task) => element === null || task.element === element);
  const past = element === null ? [] : momentsAt(timeline.data?.items ?? [], element);
  return (
    <div className="element-work">
      {open.map((task) => (
        <Link key={task.id} className="side-task" to={`/${plural}/${record.id}?task=${task.id}&tab=diagram`}>
          <b>{stepName(kind, task)}</b>{' '}
          <span className="muted">
            {task.assignee
              ? (record.labels?.[task.assignee] ?? '')
              : t('record.waits_for_role', { role: wordOr(`role.${task.role}`, task.role) })}
          </span>{' '}
          <Due at={task.due_at} />
        </Link>
      ))}
      {open.length === 0 && (
        <p className="muted">{t(element ? 'process.nothing_open_here' : 'process.nothing_open')}</p>
      )}
      {past.length > 0 && (
        <ul className="lines">
          {past.map((item) => (
            <li key={item.seq}>
              <span>
                {item.actor?.name ?? actorWord(item.actor?.id ?? '')} {actionWord(item.action)}
              </span>
              <Time at={item.at} exact />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
