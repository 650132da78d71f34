// Which columns a list shows: the module's choice at first, then the person's.
import { SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Labels, ModuleDescription, ModuleField, RecordData } from '@/api/types';
import { keep, kept } from '@/kit/keep';
import type { Column } from '@/kit/table';
import { Due } from './due';
import { FieldValue } from './value';
import { fieldWord } from './words_of';

const always: ModuleField[] = [
  { name: 'number', kind: 'line', required: true, in_list: true, sortable: true },
  { name: 'created_at', kind: 'instant', required: true, in_list: true, sortable: true },
];

/** Columns that tell people nothing. */
const hidden = new Set(['id', 'version', 'process_instance']);

const widths: Record<string, number> = {
  number: 144,
  title: 340,
  name: 220,
  description: 280,
  priority: 112,
  severity: 104,
  state: 128,
  system: 170,
  assignee: 104,
  reporter: 104,
  created_at: 120,
  updated_at: 120,
};

/** The nearest target of a record's clocks, where its family has clocks. */
export const due = 'clocks';

function dueColumn(title: string): Column<RecordData> {
  return {
    key: due,
    title,
    width: 150,
    render: (record) => {
      const open = (record.clocks ?? []).filter((clock) => clock.target_at && !clock.met_at);
      const first = open.sort((a, b) => ((a.target_at ?? '') < (b.target_at ?? '') ? -1 : 1))[0];
      return first?.target_at ? <Due at={first.target_at} /> : <span className="faint">–</span>;
    },
  };
}

/** What to ask the server for: its usual list fields, and the columns beyond them. */
export function askedFields(module: ModuleDescription, shown: string[]): string | null {
  const usual = [
    'id',
    ...allFields(module)
      .filter((field) => field.in_list)
      .map((field) => field.name),
  ];
  const more = shown.filter((name) => name !== due && !usual.includes(name));
  return more.length ? [...usual, ...more].join(',') : null;
}

export function allFields(module: ModuleDescription): ModuleField[] {
  const names = new Set(module.fields.map((field) => field.name));
  const missing = always.filter((field) => !names.has(field.name));
  return [...missing, ...module.fields].filter((field) => !hidden.has(field.name) && field.kind !== 'map');
}

export function useColumns(module: ModuleDescription | undefined, standard: string[]) {
  const kind = module?.kind ?? '';
  const [shown, setShown] = useState<string[]>(() => kept(`columns.${kind}`, standard));
  const choose = (names: string[]) => {
    const ordered = [...standard, ...names].filter(
      (name, at, list) => names.includes(name) && list.indexOf(name) === at,
    );
    keep(`columns.${kind}`, ordered);
    setShown(ordered);
  };
  return { shown, choose };
}

export function useRecordColumns(module: ModuleDescription | undefined, shown: string[], labels: Labels) {
  const { t } = useTranslation();
  if (!module) return [];
  const fields = allFields(module);
  return shown.flatMap((name): Column<RecordData>[] => {
    const field = fields.find((one) => one.name === name);
    if (name === due) return [dueColumn(t('record.time_left'))];
    if (!field) return [];
    return [
      {
        key: name,
        title: fieldWord(module.kind, name),
        width: widths[name] ?? 140,
        sort: field.sortable ? name : undefined,
        render: (record) =>
          name === 'number' ? (
            <span className="figures muted">{record.number}</span>
          ) : (
            <FieldValue kind={module.kind} field={field} record={record} labels={labels} plain />
          ),
      },
    ];
  });
}

interface ChooserProps {
  module: ModuleDescription;
  shown: string[];
  choose: (names: string[]) => void;
}

export function ColumnChooser({ module, shown, choose }: ChooserProps) {
  const { t } = useTranslation();
  const options = allFields(module)
    .filter((field) => field.kind !== 'code')
    .map((field) => ({ value: field.name, label: fieldWord(module.kind, field.name) }));
  if (module.closed?.length) options.push({ value: due, label: t('record.time_left') });
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('record.columns')}
      content={
        <Checkbox.Group className="filter-choices" value={shown} options={options} onChange={choose} />
      }
    >
      <Button
        size="small"
        type="text"
        icon={<SettingOutlined />}
        aria-label={t('record.columns')}
        title={t('record.columns')}
      />
    </Popover>
  );
}
