// One box over everything: records by number or words, and the places of the map.
import { SearchOutlined } from '@ant-design/icons';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSearch } from '@/api/records';
import { useMay } from '@/api/session';
import { useKeys } from '@/kit/keys';
import { usePlural } from '@/record/naming';
import { map } from './map';

interface Hit {
  key: string;
  to: string;
  sort: string;
  number?: string;
  title: string;
}

function useHits(text: string): { hits: Hit[]; busy: boolean } {
  const { t } = useTranslation();
  const may = useMay();
  const plural = usePlural();
  const found = useSearch(text);
  if (!text.trim()) return { hits: [], busy: false };
  const places = map
    .flatMap((region) => region.places)
    .filter(
      (place) =>
        (!place.needs || place.needs.some(may)) && t(place.word).toLowerCase().includes(text.toLowerCase()),
    )
    .map((place) => ({ key: place.path, to: place.path, sort: t('shell.place'), title: t(place.word) }));
  const records = (found.data?.items ?? []).map((hit) => ({
    key: `${hit.kind}/${hit.id}`,
    to: hit.kind === 'clause' ? `/clauses/${hit.id}` : `/${plural(hit.kind)}/${hit.id}`,
    sort: t(`${hit.kind}.one`, { defaultValue: hit.kind }),
    number: hit.number,
    title: hit.title,
  }));
  return { hits: [...places, ...records].slice(0, 12), busy: found.isFetching };
}

export function Search() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), 180);
    return () => clearTimeout(timer);
  }, [text]);
  const { hits, busy } = useHits(asked);
  const focus = () => {
    input.current?.focus();
    input.current?.select();
  };
  useKeys({ '/': focus, 'Ctrl+k': focus });
  const go = (hit: Hit | undefined) => {
    if (!hit) return;
    setOpen(false);
    setText('');
    input.current?.blur();
    void navigate(hit.to);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(hits.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter') go(hits[at]);
    else if (event.key === 'Escape') {
      setOpen(false);
      input.current?.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = open && asked.trim() !== '';
  return (
    <div className="search">
      <SearchOutlined />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label={t('shell.search')}
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && hits[at] ? `${list}-${at}` : undefined}
        placeholder={t('shell.search')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setAt(0);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
        onKeyDown={press}
      />
      <kbd aria-hidden="true">/</kbd>
      <ul
        id={list}
        role="listbox"
        aria-label={t('shell.search_results')}
        className="search-hits"
        hidden={!shown}
      >
        {hits.map((hit, index) => (
          <li
            key={hit.key}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={(event) => {
              event.preventDefault();
              go(hit);
            }}
          >
            <span className="faint">{hit.sort}</span>
            {hit.number && <span className="figures muted">{hit.number}</span>}
            <span className="search-title">{hit.title}</span>
          </li>
        ))}
        {shown && hits.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled="true" className="faint">
            {busy ? t('kit.loading') : t('record.nothing_found')}
          </li>
        )}
      </ul>
    </div>
  );
}
