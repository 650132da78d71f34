// The whole regulation on one page: every clause with its state, chapter by chapter, never painted by hand.
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useClauses } from '@/api/regulation';
import type { ClauseState, ClauseSummary } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { ShapeMark } from '@/kit/marks';
import { PageHead } from '@/kit/panel';
import { Time } from '@/kit/time';
import { wordOr } from '@/kit/words';
import { ClauseMark, clauseLooks, clauseStates } from './clause_state';

/** The chapter's title where the server tells it; its number's usual title otherwise. */
function titleOfChapter(chapter: string, items: ClauseSummary[]): string {
  const told = items[0]?.chapter ?? '';
  return /^\d*$/.test(told) ? wordOr(`chapter.${chapter}`, '') : told.replace(/^\d+\s*/, '');
}

/** 3.4.10 after 3.4.9. */
function inOrder(a: ClauseSummary, b: ClauseSummary): number {
  return a.id.localeCompare(b.id, 'en', { numeric: true });
}

function counts(items: ClauseSummary[]): Record<ClauseState, number> {
  const made: Record<ClauseState, number> = { held: 0, violated: 0, stale: 0, no_control: 0 };
  for (const item of items) made[item.state] += 1;
  return made;
}

/** A bar of the four states; the numbers beside it say the same. */
function Proportion({ items }: { items: ClauseSummary[] }) {
  const made = counts(items);
  return (
    <span className="proportion" aria-hidden="true">
      {clauseStates.map((state) => (
        <span
          key={state}
          className={`proportion-${clauseLooks[state][0]}`}
          style={{ flexGrow: made[state] }}
        />
      ))}
    </span>
  );
}

function Filter({
  items,
  chosen,
  choose,
}: {
  items: ClauseSummary[];
  chosen: string | null;
  choose: (state: string | null) => void;
}) {
  const { t } = useTranslation();
  const made = counts(items);
  return (
    <div className="figures-row" role="group" aria-label={t('clause.by_state')}>
      {clauseStates.map((state) => (
        <button
          key={state}
          type="button"
          className={`figure tone-${made[state] > 0 ? clauseLooks[state][0] : 'faint'}`}
          aria-pressed={chosen === state}
          onClick={() => choose(chosen === state ? null : state)}
        >
          <span className="figure-label">
            <ShapeMark shape={clauseLooks[state][1]} tone={clauseLooks[state][0]} />
            {t(`clause.state.${state}`)}
          </span>
          <span className="figure-value figures">{made[state]}</span>
          <span className="figure-note">{t(`clause.meaning_${state}`)}</span>
        </button>
      ))}
    </div>
  );
}

function Chapter({ chapter, items }: { chapter: string; items: ClauseSummary[] }) {
  const { t } = useTranslation();
  const made = counts(items);
  return (
    <details className="chapter" open>
      <summary>
        <span className="chapter-name">
          <span className="figures">{chapter}</span> {titleOfChapter(chapter, items)}
        </span>
        <Proportion items={items} />
        <span className="muted figures">{t('clause.held_of', { held: made.held, all: items.length })}</span>
      </summary>
      <table className="table table-plain">
        <caption className="hidden">{chapter}</caption>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row" className="figures clause-id">
                {item.id}
              </th>
              <td>
                <Link to={`/clauses/${item.id}`}>{item.title}</Link>
              </td>
              <td className="clause-state">
                <ClauseMark state={item.state} />
              </td>
              <td className="muted figures clause-controls">
                {item.controls > 0 ? t('clause.controls_count', { n: item.controls }) : ''}
              </td>
              <td className="faint clause-checked">
                {item.checked_at ? <Time at={item.checked_at} /> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

export default function Clauses() {
  const { t } = useTranslation();
  const clauses = useClauses();
  const [params, setParams] = useSearchParams();
  const [text, setText] = useState('');
  const chosen = params.get('state');
  const choose = (state: string | null) => setParams(state ? { state } : {}, { replace: true });
  return (
    <div className="page">
      <PageHead
        title={t('clause.many')}
        lead={t('clause.lead')}
        extra={
          <Input
            allowClear
            aria-label={t('clause.search')}
            placeholder={t('clause.search')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        }
      />
      <Loaded
        query={clauses}
        lines={14}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('clause.none')} hint={t('clause.none_hint')} />}
      >
        {(data) => {
          const shown = [...data.items]
            .sort(inOrder)
            .filter(
              (item) =>
                (!chosen || item.state === chosen) &&
                (!text || `${item.id} ${item.title}`.includes(text.trim())),
            );
          const chapters = new Map<string, ClauseSummary[]>();
          for (const item of shown) {
            const chapter = item.id.split('.')[0] ?? item.chapter;
            chapters.set(chapter, [...(chapters.get(chapter) ?? []), item]);
          }
          return (
            <>
              <Filter items={data.items} chosen={chosen} choose={choose} />
              {shown.length === 0 && <Empty title={t('record.no_match')} />}
              {[...chapters].map(([chapter, items]) => (
                <Chapter key={chapter} chapter={chapter} items={items} />
              ))}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
