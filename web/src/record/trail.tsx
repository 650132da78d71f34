// Ledger entries: who did what to which record, and what changed.
import { useTranslation } from 'react-i18next';
import { useRecordLedger } from '@/api/records';
import type { Labels, LedgerEntry } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { formatInstant } from '@/kit/format';
import { actionWord, actorWord } from './actions';
import { wordOr } from '@/kit/words';
import { fieldWord } from './words_of';

const words_most = 160;

function short(kind: string, field: string, value: unknown, labels: Labels): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.map((one) => short(kind, field, one, labels)).join(', ') || '–';
  if (typeof value === 'string') {
    if (labels[value]) return labels[value];
    if (field === 'to') return wordOr(`${kind}.step.${value}`, value);
    const word = wordOr(`${kind}.${field}.${value}`, wordOr(`change.${field}.${value}`, value));
    if (word !== value) return word;
    if (/^\d{4}-\d\d-\d\dT/.test(value)) return formatInstant(value);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > words_most ? `${text.slice(0, words_most)}…` : text;
}

type Told = [field: string, before: string, after: string | null];

/** Fields that name the step or the record, which the line above already says. */
const said = new Set(['step', 'element', 'id', 'version', 'created_at', 'updated_at', 'record', 'labels']);

/** A change as pairs: [before, after] where the entry has both, else the value alone. */
function pairs(kind: string, change: unknown, labels: Labels): Told[] {
  if (typeof change !== 'object' || change === null) return change ? [['', String(change), null]] : [];
  const show = (field: string, value: unknown) => short(kind, field, value, labels);
  const { given, ...rest } = change as Record<string, unknown>;
  return Object.entries({ ...rest, ...(typeof given === 'object' ? given : {}) })
    .filter(([field, value]) => !said.has(field) && value !== null && value !== '')
    .map(([field, value]) =>
      Array.isArray(value) && value.length === 2
        ? [field, show(field, value[0]), show(field, value[1])]
        : [field, show(field, value), null],
    );
}

export function Change({ kind, change, labels = {} }: { kind: string; change: unknown; labels?: Labels }) {
  const told = pairs(kind, change, labels);
  if (told.length === 0) return null;
  return (
    <dl className="change">
      {told.map(([field, before, after]) => (
        <div key={field}>
          <dt>{fieldWord(kind, field)}</dt>
          <dd>
            {after !== null && before !== '–' && (
              <>
                <del>{before}</del> →{' '}
              </>
            )}
            <ins>{after ?? before}</ins>
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
      <span>{actor ?? actorWord(entry.actor)}</span>
      <span>{actionWord(entry.action)}</span>
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
