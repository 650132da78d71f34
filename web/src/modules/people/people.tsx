// People.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '@/api/session';
import { Empty } from '@/kit/faces';
import { FieldGroup } from '@/record/fields';
import { RecordList } from '@/record/list';
import type { View } from '@/record/list_state';
import { titleOf, textOf } from '@/record/naming';
import { groups } from './person';

function useViews(): View[] {
  const { t } = useTranslation();
  return useMemo<View[]>(
    (): View[] => [
      { key: 'active', label: t('person.view_active'), filters: { active: 'true' }, sort: 'name' },
      { key: 'all', label: t('person.view_all'), filters: {}, sort: 'name' },
    ],
    [t],
  );
}

export default function People() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <RecordList
      kind="person"
      plural="people"
      adds={may('person.write')}
      imports={may('person.import')}
      views={useViews()}
      columns={['number', 'name', 'post', 'unit', 'phone', 'email', 'crew']}
      filters={['unit', 'crew', 'active']}
      empty={<Empty title={t('person.none')} hint={t('person.none_hint')} />}
      card={(record, labels) => (
        <Link to={`/people/${record.id}`} className="card-link">
          <span className="card-top">
            <b>{titleOf(record)}</b>
            <span className="muted">{textOf(record, 'post')}</span>
          </span>
          <span className="card-foot muted">
            {labels[textOf(record, 'unit')]} {textOf(record, 'phone')}
          </span>
        </Link>
      )}
      preview={(record) => (
        <>
          <h2 className="side-title">{titleOf(record)}</h2>
          {groups.map((group) => (
            <FieldGroup
              key={group.title}
              kind="person"
              plural="people"
              record={record}
              group={group}
              editable={false}
            />
          ))}
        </>
      )}
    />
  );
}
