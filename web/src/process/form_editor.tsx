// The form of a step: its fields in their order, what each of them needs, and what it will look like.
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModuleDescription, ModuleField } from '@/api/types';
import { Frame } from '@/record/frame';
import { choiceWord } from '@/record/looks';
import { fieldWord, isCommon } from '@/record/words_of';
import type { Fact } from './facts';
import { FormPreview } from './form_preview';
import { emptyLine, isCount, isNumber, isWhole, linesOf, moved, valuesOf, type FormLine } from './step_form';

interface EditorProps {
  module: ModuleDescription | undefined;
  values: Partial<Record<Fact, string>>;
  onChange: (values: Partial<Record<Fact, string>>) => void;
}

const measured = new Set(['integer', 'number', 'decimal']);
const written = new Set(['line', 'prose']);

interface BoundProps {
  id: string;
  fits: (text: string) => boolean;
  value: string;
  onChange: (value: string) => void;
}

/** A number being typed: what is none yet ("-", "1.") stays in the input and goes no further. */
function Bound({ id, fits, value, onChange }: BoundProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Input
      id={id}
      inputMode="decimal"
      status={typed === null || typed === '' || fits(typed) ? undefined : 'error'}
      value={typed ?? value}
      onChange={({ target }) => {
        setTyped(target.value);
        if (target.value === '' || fits(target.value)) onChange(target.value);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

interface TermsProps {
  line: FormLine;
  kind: string;
  field: ModuleField | undefined;
  onChange: (line: FormLine) => void;
}

/** What a field may be told besides being there; only what its kind can heed. */
function Terms({ line, kind, field, onChange }: TermsProps) {
  const { t } = useTranslation();
  const text = (name: 'title' | 'description') => (
    <Frame id={`form-${line.name}-${name}`} label={t(`process.form.${name}`)}>
      <Input
        id={`form-${line.name}-${name}`}
        placeholder={name === 'title' ? fieldWord(kind, line.name) : undefined}
        value={line[name]}
        onChange={(event) => onChange({ ...line, [name]: event.target.value })}
      />
    </Frame>
  );
  const bound = (name: 'minLength' | 'minimum' | 'maximum', whole: boolean) => (
    <Frame id={`form-${line.name}-${name}`} label={t(`process.form.${name}`)}>
      <Bound
        id={`form-${line.name}-${name}`}
        fits={name === 'minLength' ? isCount : whole ? isWhole : isNumber}
        value={line[name]}
        onChange={(value) => onChange({ ...line, [name]: value })}
      />
    </Frame>
  );
  return (
    <div className="form form-terms">
      {text('title')}
      {text('description')}
      {written.has(field?.kind ?? '') && bound('minLength', true)}
      {measured.has(field?.kind ?? '') && (
        <>
          {bound('minimum', field?.kind === 'integer')}
          {bound('maximum', field?.kind === 'integer')}
        </>
      )}
      {field?.choices && field.choices.length > 0 && (
        <Frame id={`form-${line.name}-choices`} label={t('process.form.choices')}>
          <Select
            id={`form-${line.name}-choices`}
            mode="multiple"
            className="wide"
            placeholder={t('process.form.all_choices')}
            value={line.choices}
            options={field.choices.map((value) => ({ value, label: choiceWord(kind, line.name, value) }))}
            onChange={(choices: string[]) => onChange({ ...line, choices })}
          />
        </Frame>
      )}
      <Checkbox
        checked={line.readonly}
        onChange={(event) =>
          onChange({
            ...line,
            readonly: event.target.checked,
            required: line.required && !event.target.checked,
          })
        }
      >
        {t('process.form.readonly')}
      </Checkbox>
    </div>
  );
}

export function FormEditor({ module, values, onChange }: EditorProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const kind = module?.kind ?? '';
  const lines = linesOf(values);
  const list = useRef<HTMLOListElement>(null);
  const [follow, setFollow] = useState<{ at: number; verb: string } | null>(null);
  const put = (next: FormLine[]) => onChange(valuesOf(next));
  // Who moves or removes fields by keyboard stays where the field went, or at the one that took its place.
  useEffect(() => {
    if (!follow) return;
    const line = list.current?.children[follow.at];
    const button = line?.querySelector<HTMLElement>(`[data-verb=${follow.verb}]:not(:disabled)`);
    const instead = line?.querySelector<HTMLElement>('[data-verb]:not(:disabled)');
    (button ?? instead ?? document.getElementById('fact-fields'))?.focus();
    setFollow(null);
  }, [follow]);
  const move = (from: number, to: number) => {
    put(moved(lines, from, to));
    setFollow({ at: to, verb: to < from ? 'up' : 'down' });
  };
  const remove = (at: number) => {
    put(lines.filter((_, index) => index !== at));
    setFollow({ at: Math.min(at, lines.length - 2), verb: 'remove' });
  };
  const change = (line: FormLine) => put(lines.map((one) => (one.name === line.name ? line : one)));
  const free = (module?.fields ?? []).filter(
    (field) => !isCommon(field.name) && !lines.some((line) => line.name === field.name),
  );
  return (
    <section className="form-editor" aria-label={t('process.attribute.fields')}>
      <ol ref={list}>
        {lines.map((line, at) => {
          const word = line.title || fieldWord(kind, line.name);
          return (
            <li key={line.name}>
              <div className="form-line">
                <button
                  type="button"
                  className="text-button form-line-name"
                  aria-expanded={open === line.name}
                  onClick={() => setOpen(open === line.name ? null : line.name)}
                >
                  {word}
                </button>
                <Checkbox
                  checked={line.required}
                  disabled={line.readonly}
                  onChange={(event) => change({ ...line, required: event.target.checked })}
                >
                  {t('process.form.required')}
                </Checkbox>
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowUpOutlined />}
                  data-verb="up"
                  disabled={at === 0}
                  aria-label={t('process.form.up', { field: word })}
                  onClick={() => move(at, at - 1)}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowDownOutlined />}
                  data-verb="down"
                  disabled={at === lines.length - 1}
                  aria-label={t('process.form.down', { field: word })}
                  onClick={() => move(at, at + 1)}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  data-verb="remove"
                  aria-label={t('process.form.remove', { field: word })}
                  onClick={() => remove(at)}
                />
              </div>
              {open === line.name && (
                <Terms
                  line={line}
                  kind={kind}
                  field={module?.fields.find((field) => field.name === line.name)}
                  onChange={change}
                />
              )}
            </li>
          );
        })}
      </ol>
      <Select
        id="fact-fields"
        className="wide"
        aria-label={t('process.form.add')}
        placeholder={t('process.form.add')}
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        options={free.map(({ name }) => ({ value: name, label: fieldWord(kind, name) }))}
        onChange={(name: string | null) => name && put([...lines, emptyLine(name)])}
      />
      <FormPreview kind={kind} lines={lines} />
    </section>
  );
}
