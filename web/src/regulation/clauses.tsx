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
import { ClauseMark, clauseLooks, clauseStates } from './clause_state';
import { chaptersOf, counts, type ChapterPart } from './chapters';

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

interface FilterProps {
  items: ClauseSummary[];
  chosen: string | null;
  choose: (state: string | null) => void;
}

function Filter({ items, chosen, choose }: FilterProps) {
  const { t } = useTranslation();
  const made: Record<ClauseState, number> = counts(items);
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

function Row({ item }: { item: ClauseSummary }) {
  const { t } = useTranslation();
  if (!item.state)
    return (
      <tr className="clause-section">
        <th scope="row" className="figures clause-id">
          {item.id}
        </th>
        <td colSpan={4}>{item.title}</td>
      </tr>
    );
  return (
    <tr>
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
      <td className="faint clause-checked">{item.checked_at ? <Time at={item.checked_at} /> : null}</td>
    </tr>
  );
}

function Chapter({ part }: { part: ChapterPart }) {
  const { t } = useTranslation();
  const judged = part.items.filter((item) => item.state);
  return (
    <details className="chapter" open>
      <summary>
        <span className="chapter-name">
          <span className="figures">{part.id}</span> {part.title}
        </span>
        <Proportion items={judged} />
        <span className="muted figures">
          {t('clause.held_of', { held: counts(judged).held, all: judged.length })}
        </span>
      </summary>
      <table className="table table-plain">
        <caption className="hidden">{part.title}</caption>
        <tbody>
          {part.items.map((item) => (
            <Row key={item.id} item={item} />
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
          const chapters = chaptersOf(data.items, chosen, text);
          return (
            <>
              <Filter items={data.items} chosen={chosen} choose={choose} />
              {chapters.length === 0 && <Empty title={t('record.no_match')} />}
              {chapters.map((part) => (
                <Chapter key={part.id} part={part} />
              ))}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
