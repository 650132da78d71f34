// Records this one is tied to, and a way to tie another.
import { Button, Select } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { post } from '@/api/client';
import { path, useLinks, useSearch } from '@/api/records';
import { Empty, Loaded } from '@/kit/faces';
import { wordOr } from '@/kit/words';
import { Choice } from './looks';
import { usePlural } from './naming';
import { Refusal } from './refusal';

function AddLink({ plural, id }: { plural: string; id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const found = useSearch(text);
  const options = (found.data?.items ?? []).map((hit) => ({
    value: `${hit.kind}/${hit.id}`,
    label: `${hit.number} ${hit.title}`,
  }));
  const add = async () => {
    try {
      await post(path(plural, id, 'links'), { target: chosen, relation: 'related' });
      setChosen(null);
      setError(null);
      await client.invalidateQueries({ queryKey: ['record', plural, id] });
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <>
      <div className="talk-bar">
        <Select
          aria-label={t('record.link_search')}
          className="grow"
          placeholder={t('record.link_search')}
          showSearch={{ filterOption: false, onSearch: setText }}
          value={chosen}
          options={options}
          notFoundContent={text ? t('record.nothing_found') : t('record.link_hint')}
          onChange={setChosen}
        />
        <Button disabled={!chosen} onClick={() => void add()}>
          {t('record.link')}
        </Button>
      </div>
      <Refusal error={error} />
    </>
  );
}

export function Related({ plural, id }: { plural: string; id: string }) {
  const { t } = useTranslation();
  const pluralOf = usePlural();
  return (
    <div className="talk">
      <AddLink plural={plural} id={id} />
      <Loaded
        query={useLinks(plural, id)}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('record.related_empty')} hint={t('record.related_empty_hint')} />}
      >
        {(data) => (
          <ul className="related">
            {data.items.map((link) => (
              <li key={link.id}>
                <span className="faint">{wordOr(`relation.${link.relation}`, link.relation)}</span>
                <Link to={`/${pluralOf(link.record.kind)}/${link.record.id}`}>
                  <span className="figures">{link.record.number}</span> {link.record.title}
                </Link>
                {link.record.state && (
                  <Choice kind={link.record.kind} field="state" value={link.record.state} />
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}
