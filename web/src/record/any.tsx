// Pages of a family that has none of its own: list, record, form and import, from its description alone.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useModules } from '@/api/records';
import { useMay } from '@/api/session';
import type { ModuleDescription, RecordData } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { FieldGroup, type Group } from './fields';
import { ImportRecords } from './import';
import { RecordList } from './list';
import { Choice } from './looks';
import { titleOf } from './naming';
import { NewRecord } from './new';
import { RecordPage } from './page';
import { isCommon } from './words_of';

const most_columns = 7;
const filterable = new Set(['choice', 'reference', 'flag', 'date', 'instant']);

/** Fields people fill in or read; what every record has is shown elsewhere. */
export function ownFields(module: ModuleDescription): string[] {
  return module.fields
    .filter((field) => !isCommon(field.name) && field.kind !== 'map')
    .map((field) => field.name);
}

export function askedOf(module: ModuleDescription): string[] {
  return module.fields.filter((field) => field.creatable && !isCommon(field.name)).map((field) => field.name);
}

export function columnsOf(module: ModuleDescription): string[] {
  const listed = module.fields.filter(
    (field) => field.in_list && !isCommon(field.name) && field.kind !== 'map',
  );
  return ['number', ...listed.map((field) => field.name)].slice(0, most_columns);
}

const groupsOf = (module: ModuleDescription): Group[] => [
  { title: 'record.group', fields: ownFields(module) },
];

function Preview({ module, record }: { module: ModuleDescription; record: RecordData }) {
  return (
    <>
      <h2 className="side-title">{titleOf(record)}</h2>
      {groupsOf(module).map((group) => (
        <FieldGroup
          key={group.title}
          kind={module.kind}
          plural={module.plural}
          record={record}
          group={group}
          editable={false}
          terse
        />
      ))}
    </>
  );
}

function AnyList({ module }: { module: ModuleDescription }) {
  const { t } = useTranslation();
  const may = useMay();
  const { kind, plural } = module;
  return (
    <RecordList
      kind={kind}
      plural={plural}
      adds={may(`${kind}.write`)}
      imports={may(`${kind}.import`)}
      views={[{ key: 'all', label: t('record.view_all'), filters: {} }]}
      columns={columnsOf(module)}
      filters={module.fields.filter((field) => filterable.has(field.kind)).map((field) => field.name)}
      empty={<Empty title={t('record.none')} />}
      card={(record) => (
        <Link to={`/${plural}/${record.id}`} className="card-link">
          <span className="card-top">
            <span className="figures faint">{record.number}</span>
            {record.state ? <Choice kind={kind} field="state" value={String(record.state)} /> : null}
          </span>
          <span className="card-title">{titleOf(record)}</span>
        </Link>
      )}
      preview={(record) => <Preview module={module} record={record} />}
    />
  );
}

function AnyRecord({ module, id }: { module: ModuleDescription; id: string }) {
  const may = useMay();
  return (
    <RecordPage
      kind={module.kind}
      plural={module.plural}
      id={id}
      groups={groupsOf(module)}
      head={module.fields.some((field) => field.name === 'state') ? ['state'] : []}
      editable={may(`${module.kind}.write`)}
    />
  );
}

interface AnyProps {
  page: 'list' | 'record' | 'new' | 'import';
  /** For an address that names no family. */
  otherwise: ReactNode;
}

export function AnyFamily({ page, otherwise }: AnyProps) {
  const { plural = '', id = '' } = useParams();
  return (
    <Loaded query={useModules()}>
      {(modules) => {
        const module = modules.find((one) => one.plural === plural);
        if (!module) return otherwise;
        const form = { kind: module.kind, plural, fields: askedOf(module) };
        if (page === 'list') return <AnyList key={plural} module={module} />;
        if (page === 'record') return <AnyRecord key={id} module={module} id={id} />;
        if (page === 'new') return <NewRecord {...form} />;
        return <ImportRecords {...form} />;
      }}
    </Loaded>
  );
}
