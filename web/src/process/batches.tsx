// What was done to many processes at once: how far it is, and which refused.
import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBatches, useNaming } from '@/api/processes';
import type { Batch, ProcessSummary } from '@/api/process_types';
import { Empty, Loaded } from '@/kit/faces';
import { Time } from '@/kit/time';

function One({ batch, of }: { batch: Batch; of?: ProcessSummary }) {
  const { t } = useTranslation();
  const naming = useNaming();
  const looked = batch.done + batch.refused;
  const percent = batch.state === 'done' ? 100 : Math.floor((looked / Math.max(batch.total, 1)) * 100);
  return (
    <li className="batch">
      <span className="card-top">
        <b>
          {t(`batch.${batch.kind}`)} · {of ? naming(of.key, of.name) : ''}{' '}
          {of && t('process.version', { version: of.version })}
        </b>
        <Time at={batch.created_at} />
      </span>
      <Progress
        percent={percent}
        size="small"
        status={batch.refused > 0 ? 'exception' : undefined}
        aria-label={t('batch.progress')}
      />
      <span className="muted figures">
        {t('batch.figures', { done: batch.done, refused: batch.refused, total: batch.total })}
      </span>
      {batch.problems.length > 0 && (
        <details>
          <summary>{t('batch.problems')}</summary>
          <ul>
            {batch.problems.map((problem) => (
              <li key={problem.instance}>
                <code>{problem.instance.slice(0, 8)}</code> {problem.text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

export function Batches({ all }: { all: ProcessSummary[] }) {
  const { t } = useTranslation();
  return (
    <Loaded
      query={useBatches()}
      isEmpty={({ items }) => items.length === 0}
      empty={<Empty title={t('batch.none')} hint={t('batch.none_hint')} />}
    >
      {({ items }) => (
        <ul className="batch-list">
          {items.map((batch) => (
            <One key={batch.id} batch={batch} of={all.find((one) => one.id === batch.definition)} />
          ))}
        </ul>
      )}
    </Loaded>
  );
}
