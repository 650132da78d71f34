// One field of a record, edited. Every kind has one input; its label, hint and error belong to it.
import { Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecords } from '@/api/records';
import type { FieldSchema, Labels, ModuleField, RecordData } from '@/api/types';
import { useDelayed } from '@/kit/delayed';
import { Moment } from '@/kit/moment';
import { currentLanguage, wordOr } from '@/kit/words';
import { choiceWord, usualOf } from './looks';
import { titleOf, usePlural } from './naming';

/** The field a form speaks of: as the module describes it, else as the schema lets one conclude. */
export function fieldOf(
  name: string,
  described: ModuleField | undefined,
  schema: FieldSchema | undefined,
): ModuleField {
  if (described) return described;
  const types = schema?.type === undefined ? [] : [schema.type].flat();
  const choices = schema?.enum?.filter((choice): choice is string => choice !== null);
  const reference = schema?.['x-reference'];
  const kind =
    schema?.['x-kind'] ??
    (choices
      ? 'choice'
      : reference
        ? types.includes('array')
          ? 'references'
          : 'reference'
        : types.includes('boolean')
          ? 'flag'
          : types.includes('integer')
            ? 'integer'
            : types.includes('number')
              ? 'number'
              : schema?.format === 'date-time'
                ? 'instant'
                : schema?.format === 'date'
                  ? 'date'
                  : (schema?.maxLength ?? 0) > 1000
                    ? 'prose'
                    : 'line');
  return { name, kind, required: !types.includes('null'), choices, target: reference };
}

interface InputProps {
  id: string;
  kind: string;
  field: ModuleField;
  value: unknown;
  onChange: (value: unknown) => void;
  labels?: Labels;
  invalid?: boolean;
  describedBy?: string;
}

const most_known = 200;

/** Records to choose from: a small family is read once and searched here, a large one is asked for words. */
function useChoices(plural: string, text: string): { records: RecordData[]; busy: boolean } {
  const whole = useRecords(plural, {}, most_known);
  const small = whole.data !== undefined && !whole.hasNextPage;
  const words = useDelayed(text).trim();
  const found = useRecords(plural, { q: words }, 20, whole.data !== undefined && !small && words !== '');
  const first = whole.data?.pages[0]?.items ?? [];
  if (small || words === '') {
    const wanted = text.trim().toLowerCase();
    const fits = (record: RecordData) => `${titleOf(record)} ${record.number}`.toLowerCase().includes(wanted);
    return { records: first.filter(fits), busy: whole.isFetching };
  }
  return { records: found.data?.pages[0]?.items ?? [], busy: found.isFetching };
}

function ReferenceInput({ id, field, value, onChange, labels, invalid, describedBy }: InputProps) {
  const { t } = useTranslation();
  const plural = usePlural();
  const [text, setText] = useState('');
  const { records, busy } = useChoices(plural(field.target ?? ''), text);
  const several = field.kind === 'references';
  const options = records.map((record) => ({ value: record.id, label: titleOf(record) }));
  const chosen = several ? ((value as string[] | null) ?? []) : value ? [String(value)] : [];
  for (const missing of chosen.filter((one) => !options.some((option) => option.value === one)))
    options.push({ value: missing, label: labels?.[missing] ?? missing.slice(0, 8) });
  return (
    <Select
      id={id}
      className="wide"
      mode={several ? 'multiple' : undefined}
      allowClear={!field.required}
      showSearch={{ filterOption: false, onSearch: setText }}
      value={several ? chosen : (chosen[0] ?? null)}
      options={options}
      loading={busy}
      status={invalid ? 'error' : undefined}
      placeholder={t('record.search_in', { what: t(`${field.target}.many`) })}
      notFoundContent={busy ? t('kit.loading') : t('record.nothing_found')}
      aria-describedby={describedBy}
      onChange={(next: string | string[] | null) => onChange(next ?? (several ? [] : null))}
    />
  );
}

function ChoiceInput({ id, kind, field, value, onChange, describedBy }: InputProps) {
  const choices = field.choices ?? [];
  const label = (choice: string) => choiceWord(kind, field.name, choice);
  if (choices.length <= 5)
    return (
      <Radio.Group
        id={id}
        className="choices"
        value={value ?? null}
        aria-describedby={describedBy}
        aria-labelledby={`${id}-label`}
        optionType="button"
        buttonStyle="solid"
        options={choices.map((choice) => ({ value: choice, label: label(choice) }))}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  return (
    <Select
      id={id}
      className="wide"
      value={(value as string | null) ?? null}
      allowClear={!field.required}
      options={choices.map((choice) => ({ value: choice, label: label(choice) }))}
      aria-describedby={describedBy}
      onChange={(next: string | undefined) => onChange(next ?? null)}
    />
  );
}

/** A yes or no that has to be said: both answers are named, none is given beforehand. */
function FlagChoice({ id, kind, field, value, onChange, describedBy }: InputProps) {
  const { t } = useTranslation();
  const word = (flag: boolean) => wordOr(`${kind}.${field.name}.${flag}`, t(flag ? 'kit.yes' : 'kit.no'));
  return (
    <Radio.Group
      id={id}
      value={value ?? null}
      aria-describedby={describedBy}
      aria-labelledby={`${id}-label`}
      options={[true, false].map((flag) => ({ value: flag, label: word(flag) }))}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function OfferedInput({ id, field, value, onChange, invalid, describedBy }: InputProps) {
  const offered = field.offered ?? [];
  const chosen = offered.find((one) => one.value === value);
  const language = currentLanguage();
  return (
    <>
      <Select
        id={id}
        className="wide"
        allowClear={!field.required}
        value={(value as string | null) || null}
        options={offered.map((one) => ({ value: one.value, label: one.title[language] ?? one.value }))}
        status={invalid ? 'error' : undefined}
        aria-describedby={describedBy}
        onChange={(next: string | null) => onChange(next ?? null)}
      />
      {chosen?.hint[language] && <span className="frame-note faint">{chosen.hint[language]}</span>}
    </>
  );
}

export function FieldInput(props: InputProps) {
  const { id, field, value, onChange, invalid, describedBy } = props;
  const { t } = useTranslation();
  const common = { id, status: invalid ? ('error' as const) : undefined, 'aria-describedby': describedBy };
  if (field.offered?.length) return <OfferedInput {...props} />;
  switch (field.kind) {
    case 'choice':
      return <ChoiceInput {...props} />;
    case 'reference':
    case 'references':
      return <ReferenceInput {...props} />;
    case 'instant':
      return (
        <Moment
          id={id}
          value={value as string | null}
          onChange={onChange}
          invalid={invalid}
          describedBy={describedBy}
        />
      );
    case 'date':
      return (
        <Input
          {...common}
          type="date"
          className="when"
          value={(value as string | null) ?? ''}
          onChange={(event) => onChange(event.target.value || null)}
        />
      );
    case 'flag':
      if (field.required) return <FlagChoice {...props} />;
      return (
        <Checkbox id={id} checked={value === true} onChange={(event) => onChange(event.target.checked)}>
          {t('kit.yes')}
        </Checkbox>
      );
    case 'integer':
    case 'number':
      return (
        <InputNumber
          {...common}
          value={(value as number | null) ?? null}
          onChange={(next) => onChange(next)}
        />
      );
    case 'prose':
    case 'code':
      return (
        <Input.TextArea
          {...common}
          className="growing"
          rows={3}
          value={(value as string | null) ?? ''}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    default: {
      const usual = usualOf(props.kind, field.name);
      if (usual) {
        const kept = typeof value === 'string' && value !== '' && !usual.includes(value) ? [value] : [];
        return <ChoiceInput {...props} field={{ ...field, kind: 'choice', choices: [...usual, ...kept] }} />;
      }
      return (
        <Input
          {...common}
          value={(value as string | null) ?? ''}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    }
  }
}
