// Filters of a list as chips that read as a sentence: "优先级 是 P1、P2".
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Dropdown, Input, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Labels, ModuleField } from '@/api/types';
import { FieldInput } from './input';
import { choiceWord } from './looks';
import { fieldWord } from './words_of';

export type Filters = Record<string, string>;

interface FilterProps {
  kind: string;
  fields: ModuleField[];
  filters: Filters;
  labels?: Labels;
  onChange: (filters: Filters) => void;
}

function without(filters: Filters, name: string): Filters {
  return Object.fromEntries(
    Object.entries(filters).filter(([key]) => key !== name && key !== `${name}.from` && key !== `${name}.to`),
  );
}

function useSentence(kind: string, labels?: Labels) {
  const { t } = useTranslation();
  return (field: ModuleField, filters: Filters): string => {
    const name = fieldWord(kind, field.name);
    if (field.kind === 'instant' || field.kind === 'date') {
      const from = filters[`${field.name}.from`]?.slice(0, 10) ?? '…';
      const to = filters[`${field.name}.to`]?.slice(0, 10) ?? '…';
      return t('record.filter_between', { name, from, to });
    }
    const values = (filters[field.name] ?? '').split(',').filter(Boolean);
    const word = (value: string) => {
      if (field.kind === 'choice') return choiceWord(kind, field.name, value);
      if (field.kind === 'flag') return value === 'true' ? t('kit.yes') : t('kit.no');
      return labels?.[value] ?? value.slice(0, 8);
    };
    return t('record.filter_is', { name, values: values.map(word).join(t('kit.comma')) || '…' });
  };
}

function Editor({
  kind,
  field,
  filters,
  labels,
  onChange,
}: Omit<FilterProps, 'fields'> & { field: ModuleField }) {
  const { t } = useTranslation();
  const rest = without(filters, field.name);
  if (field.kind === 'choice')
    return (
      <Checkbox.Group
        className="filter-choices"
        value={(filters[field.name] ?? '').split(',').filter(Boolean)}
        options={(field.choices ?? []).map((choice) => ({
          value: choice,
          label: choiceWord(kind, field.name, choice),
        }))}
        onChange={(values) => onChange(values.length ? { ...rest, [field.name]: values.join(',') } : rest)}
      />
    );
  if (field.kind === 'instant' || field.kind === 'date')
    return (
      <div className="filter-span">
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            {t(`record.filter_${end}`)}
            <Input
              type="date"
              value={filters[`${field.name}.${end}`]?.slice(0, 10) ?? ''}
              onChange={(event) => {
                const day = event.target.value;
                const made = end === 'from' ? `${day}T00:00:00` : `${day}T23:59:59`;
                const key = `${field.name}.${end}`;
                const others = Object.fromEntries(Object.entries(filters).filter(([name]) => name !== key));
                onChange(day ? { ...others, [key]: new Date(made).toISOString() } : others);
              }}
            />
          </label>
        ))}
      </div>
    );
  return (
    <div className="filter-one">
      <FieldInput
        id={`filter-${field.name}`}
        kind={kind}
        field={{ ...field, required: false }}
        labels={labels}
        value={field.kind === 'flag' ? filters[field.name] === 'true' : (filters[field.name] ?? null)}
        onChange={(value) =>
          onChange(value === null || value === '' ? rest : { ...rest, [field.name]: String(value) })
        }
      />
    </div>
  );
}

export function FilterBar({ kind, fields, filters, labels, onChange }: FilterProps) {
  const { t } = useTranslation();
  const sentence = useSentence(kind, labels);
  const [open, setOpen] = useState<string | null>(null);
  const [pending, setPending] = useState<string | null>(null);
  const used = fields.filter((field) =>
    [field.name, `${field.name}.from`, `${field.name}.to`].some((name) => filters[name] !== undefined),
  );
  const shown = [...used, ...fields.filter((field) => field.name === pending && !used.includes(field))];
  const free = fields.filter((field) => !shown.includes(field));
  return (
    <div className="filters" role="group" aria-label={t('record.filters')}>
      {shown.map((field) => (
        <span key={field.name} className="chip">
          <Popover
            trigger="click"
            placement="bottomLeft"
            open={open === field.name}
            onOpenChange={(next) => {
              setOpen(next ? field.name : null);
              if (!next) setPending(null);
            }}
            title={fieldWord(kind, field.name)}
            content={
              <Editor kind={kind} field={field} filters={filters} labels={labels} onChange={onChange} />
            }
          >
            <button type="button" className="chip-text">
              {sentence(field, filters)}
            </button>
          </Popover>
          <button
            type="button"
            className="chip-remove"
            aria-label={t('record.filter_remove', { name: fieldWord(kind, field.name) })}
            onClick={() => {
              setPending(null);
              onChange(without(filters, field.name));
            }}
          >
            <CloseOutlined />
          </button>
        </span>
      ))}
      {free.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: free.map((field) => ({ key: field.name, label: fieldWord(kind, field.name) })),
            onClick: ({ key }) => {
              setPending(key);
              setTimeout(() => setOpen(key), 50);
            },
          }}
        >
          <Button size="small" type="text" icon={<PlusOutlined />}>
            {t('record.filter_add')}
          </Button>
        </Dropdown>
      )}
    </div>
  );
}
