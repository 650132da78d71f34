// Records this one is tied to, and a way to tie another.
import { CloseOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { post, remove } from '@/api/client';
import { path, useLinks, useSearch } from '@/api/records';
import { Empty, Loaded } from '@/kit/faces';
import { tell } from '@/kit/toast';
import { wordOr } from '@/kit/words';
import { usePlural } from './naming';
import { Refusal } from './refusal';

const relations = ['related', 'caused_by', 'duplicate_of'];

function Unlink({ plural, id, link }: { plural: string; id: string; link: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const cut = async () => {
    try {
      await remove(`${path(plural, id, 'links')}/${link}`);
    } catch (error) {
      tell(error instanceof Error ? error.message : t('kit.failed'), { tone: 'error' });
    }
    await client.invalidateQueries({ queryKey: ['record', plural, id] });
  };
  return (
    <button type="button" className="icon-button" aria-label={t('record.unlink')} onClick={() => void cut()}>
      <CloseOutlined />
    </button>
  );
}

function AddLink({ plural, id }: { plural: string; id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [relation, setRelation] = useState('related');
  const [error, setError] = useState<unknown>(null);
  const found = useSearch(text);
  const options = (found.data?.items ?? []).map((hit) => ({
    value: `${hit.kind}/${hit.id}`,
    label: `${hit.number} ${hit.title}`,
  }));
  const add = async () => {
    try {
      await post(path(plural, id, 'links'), { target: chosen, relation });
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
          aria-label={t('record.relation')}
          className="relation"
          value={relation}
          options={relations.map((value) => ({ value, label: t(`relation.${value}`) }))}
          onChange={setRelation}
        />
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
                <span className="faint">
                  {wordOr(`relation.${link.relation}${link.outgoing ? '' : '_of'}`, link.relation)}
                </span>
                <Link to={`/${pluralOf(link.kind)}/${link.record}`}>
                  <span className="figures">{link.number}</span> {link.title}
                </Link>
                <Unlink plural={plural} id={id} link={link.id} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}
