// Ledger entries: who did what to which record, and what changed.
import { useTranslation } from 'react-i18next';
import { useRecordLedger } from '@/api/records';
import type { LedgerEntry } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { formatInstant } from '@/kit/format';
import { wordOr } from '@/kit/words';
import { choiceWord } from './looks';

function short(kind: string, field: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') {
    const word = choiceWord(kind, field, value);
    if (word !== value) return word;
    if (/^\d{4}-\d\d-\d\dT/.test(value)) return formatInstant(value);
  }
  if (value === null || value === undefined || value === '') return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

/** A change as pairs: [before, after] where the entry has both, else the value alone. */
function pairs(kind: string, change: unknown): [string, string, string | null][] {
  if (typeof change !== 'object' || change === null)
    return change ? [['', short(kind, '', change), null]] : [];
  return Object.entries(change as Record<string, unknown>).map(([field, value]) => {
    if (Array.isArray(value) && value.length === 2)
      return [field, short(kind, field, value[0]), short(kind, field, value[1])];
    if (value && typeof value === 'object' && 'to' in value)
      return [field, short(kind, field, (value as { from?: unknown }).from), short(kind, field, value.to)];
    return [field, short(kind, field, value), null];
  });
}

export function Change({ kind, change }: { kind: string; change: unknown }) {
  const told = pairs(kind, change);
  if (told.length === 0) return null;
  return (
    <dl className="change">
      {told.map(([field, before, after]) => (
        <div key={field}>
          <dt>{wordOr(`${kind}.${field}`, field)}</dt>
          <dd>
            {after === null ? (
              before
            ) : (
              <>
                <del>{before}</del> → <ins>{after}</ins>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function TrailRow({ entry, kind, actor }: { entry: LedgerEntry; kind: string; actor?: string }) {
  return (
    <li className="trail">
      <span className="figures faint">#{entry.seq}</span>
      <span className="figures">{formatInstant(entry.at)}</span>
      <span>{actor ?? entry.actor}</span>
      <span>{wordOr(`action.${entry.action}`, entry.action)}</span>
      <Change kind={kind} change={entry.change} />
      <code className="hash" title={entry.hash}>
        {entry.hash?.slice(0, 12)}
      </code>
    </li>
  );
}

export function Trail({ kind, id, labels }: { kind: string; id: string; labels?: Record<string, string> }) {
  const { t } = useTranslation();
  return (
    <Loaded
      query={useRecordLedger(kind, id)}
      isEmpty={(data) => data.items.length === 0}
      empty={<Empty title={t('record.trail_empty')} />}
    >
      {(data) => (
        <ol className="trails">
          {data.items.map((entry) => (
            <TrailRow key={entry.seq} entry={entry} kind={kind} actor={labels?.[entry.actor]} />
          ))}
        </ol>
      )}
    </Loaded>
  );
}
