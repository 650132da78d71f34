// The form of a step: its fields in their order, what each of them needs, and what it will look like.
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModuleDescription, ModuleField } from '@/api/types';
import { Frame } from '@/record/frame';
import { choiceWord } from '@/record/looks';
import { fieldWord, isCommon } from '@/record/words_of';
import type { Fact } from './facts';
import { FormPreview } from './form_preview';
import { emptyLine, linesOf, moved, valuesOf, type FormLine } from './step_form';

interface EditorProps {
  module: ModuleDescription | undefined;
  values: Partial<Record<Fact, string>>;
  onChange: (values: Partial<Record<Fact, string>>) => void;
}

const measured = new Set(['integer', 'number', 'decimal']);
const written = new Set(['line', 'prose']);

interface TermsProps {
  line: FormLine;
  kind: string;
  field: ModuleField | undefined;
  onChange: (line: FormLine) => void;
}

/** What a field may be told besides being there; only what its kind can heed. */
function Terms({ line, kind, field, onChange }: TermsProps) {
  const { t } = useTranslation();
  const text = (name: 'title' | 'description' | 'minLength' | 'minimum' | 'maximum', digits = false) => (
    <Frame id={`form-${line.name}-${name}`} label={t(`process.form.${name}`)}>
      <Input
        id={`form-${line.name}-${name}`}
        inputMode={digits ? 'numeric' : undefined}
        placeholder={name === 'title' ? fieldWord(kind, line.name) : undefined}
        value={line[name]}
        onChange={(event) => onChange({ ...line, [name]: event.target.value })}
      />
    </Frame>
  );
  return (
    <div className="form form-terms">
      {text('title')}
      {text('description')}
      {written.has(field?.kind ?? '') && text('minLength', true)}
      {measured.has(field?.kind ?? '') && (
        <>
          {text('minimum', true)}
          {text('maximum', true)}
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
  const put = (next: FormLine[]) => onChange(valuesOf(next));
  const change = (line: FormLine) => put(lines.map((one) => (one.name === line.name ? line : one)));
  const free = (module?.fields ?? []).filter(
    (field) => !isCommon(field.name) && !lines.some((line) => line.name === field.name),
  );
  return (
    <section className="form-editor" aria-label={t('process.attribute.fields')}>
      <ol>
        {lines.map((line, at) => {
          const word = line.title || fieldWord(kind, line.name);
          return (
            <li key={line.name}>
              <div className="form-line">
                <button
                  type="button"
                  className="text-button"
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
                  disabled={at === 0}
                  aria-label={t('process.form.up', { field: word })}
                  onClick={() => put(moved(lines, at, at - 1))}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowDownOutlined />}
                  disabled={at === lines.length - 1}
                  aria-label={t('process.form.down', { field: word })}
                  onClick={() => put(moved(lines, at, at + 1))}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t('process.form.remove', { field: word })}
                  onClick={() => put(lines.filter((one) => one !== line))}
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
