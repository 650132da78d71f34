// A new record of a family, from its description: what may be given, in the order its page shows it.
import { Button } from 'antd';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { faultsByField } from '@/api/client';
import { useCreateRecord, useModule, useModules } from '@/api/records';
import type { ModuleDescription, ModuleField, RecordData } from '@/api/types';
import { ErrorFace, Skeleton } from '@/kit/faces';
import { useKeys } from '@/kit/keys';
import { PageHead, Panel } from '@/kit/panel';
import { tell } from '@/kit/toast';
import { wordOr } from '@/kit/words';
import { useDraft } from './draft';
import { Frame } from './frame';
import { FieldInput } from './input';
import { Leaving } from './leaving';
import { titleOf } from './naming';
import { Refusal } from './refusal';
import { fieldWord } from './words_of';

interface NewProps {
  kind: string;
  plural: string;
  /** Fields asked for, in order; those the family does not take at first are left out. */
  fields: string[];
  /** What a field holds before anybody touches it. */
  standard?: Record<string, unknown>;
  /** What a family shows below its fields, by what they hold now. */
  below?: (valueOf: (name: string) => unknown) => ReactNode;
}

const isEmpty = (value: unknown) =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

/** What is sent: given values only, texts without blanks around them. */
export function givenValues(fields: ModuleField[], valueOf: (name: string) => unknown) {
  const given: Record<string, unknown> = {};
  for (const { name } of fields) {
    const value = valueOf(name);
    if (isEmpty(value) || (Array.isArray(value) && value.length === 0)) continue;
    given[name] = typeof value === 'string' ? value.trim() : value;
  }
  return given;
}

function useNew({ kind, plural, standard = {} }: NewProps, fields: ModuleField[]) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const draft = useDraft(`new.${kind}`);
  const create = useCreateRecord(plural);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [made, setMade] = useState<RecordData | null>(null);
  const valueOf = (name: string) =>
    name in draft.values ? draft.values[name] : (params.get(name) ?? standard[name] ?? null);
  const send = async (): Promise<string | null> => {
    const lacking = fields.filter((field) => field.required && isEmpty(valueOf(field.name)));
    setMissing(
      Object.fromEntries(
        lacking.map(({ name }) => [name, t('record.needed', { field: fieldWord(kind, name) })]),
      ),
    );
    if (lacking[0]) return lacking[0].name;
    try {
      const record = await create.mutateAsync(givenValues(fields, valueOf));
      draft.clear();
      tell(t('record.created', { title: titleOf(record) }));
      setMade(record);
      return null;
    } catch (error) {
      return Object.keys(faultsByField(error))[0] ?? null;
    }
  };
  return { draft, create, made, valueOf, send, faults: { ...faultsByField(create.error), ...missing } };
}

function Form(props: NewProps & { module: ModuleDescription }) {
  const { kind, plural, module } = props;
  const { t } = useTranslation();
  const fields = props.fields.flatMap(
    (name) => module.fields.find((field) => field.name === name && field.creatable !== false) ?? [],
  );
  const form = useNew(props, fields);
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    const first = await form.send();
    if (first) document.getElementById(`new-${first}`)?.focus();
  };
  useKeys({ 'Ctrl+Enter': () => void submit() });
  if (form.made) return <Navigate to={`/${plural}/${form.made.id}`} replace />;
  return (
    <Panel>
      <form className="form" onSubmit={(event) => void submit(event)} noValidate>
        <Refusal error={form.create.error} known={fields.map(({ name }) => name)} />
        {fields.map((field) => (
          <Frame
            key={field.name}
            id={`new-${field.name}`}
            label={fieldWord(kind, field.name)}
            required={field.required}
            hint={wordOr(`${kind}.${field.name}.hint`, '')}
            fault={form.faults[field.name]}
          >
            <FieldInput
              id={`new-${field.name}`}
              kind={kind}
              field={field}
              value={form.valueOf(field.name)}
              invalid={Boolean(form.faults[field.name])}
              describedBy={`new-${field.name}-note`}
              onChange={(value) => form.draft.set(field.name, value)}
            />
          </Frame>
        ))}
        {props.below?.(form.valueOf)}
        <div className="form-row">
          <Button type="primary" htmlType="submit" loading={form.create.isPending}>
            {t('record.create', { what: t(`${kind}.one`) })}
          </Button>
          <Link to={`/${plural}`} className="button-link button-link-quiet">
            {t('kit.cancel')}
          </Link>
          {form.draft.found && (
            <span className="faint draft-note">
              {t('record.draft_kept')}{' '}
              <button type="button" className="text-button" onClick={form.draft.clear}>
                {t('record.draft_discard')}
              </button>
            </span>
          )}
        </div>
        <Leaving active={form.draft.touched && !form.create.isPending} onDiscard={form.draft.clear} />
      </form>
    </Panel>
  );
}

export function NewRecord(props: NewProps) {
  const { t } = useTranslation();
  const modules = useModules();
  const module = useModule(props.kind);
  return (
    <div className="page page-narrow">
      <PageHead
        title={t('record.create', { what: t(`${props.kind}.one`) })}
        lead={
          <Link to={`/${props.plural}/import`}>
            {t('record.import_instead', { what: t(`${props.kind}.many`) })}
          </Link>
        }
      />
      {module ? (
        <Form {...props} module={module} />
      ) : modules.isError ? (
        <ErrorFace error={modules.error} retry={() => void modules.refetch()} />
      ) : (
        <Skeleton lines={6} />
      )}
    </div>
  );
}
