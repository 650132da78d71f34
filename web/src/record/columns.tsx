// Which columns a list shows: the module's choice at first, then the person's.
import { SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Labels, ModuleDescription, ModuleField, RecordData } from '@/api/types';
import { keep, kept } from '@/kit/keep';
import type { Column } from '@/kit/table';
import { FieldValue } from './value';

const always: ModuleField[] = [
  { name: 'number', kind: 'line', required: true },
  { name: 'created_at', kind: 'instant', required: true },
  { name: 'updated_at', kind: 'instant', required: true },
];

const widths: Record<string, number> = {
  number: 138,
  title: 360,
  name: 220,
  description: 280,
  priority: 84,
  severity: 96,
  state: 108,
  system: 170,
  assignee: 104,
  reporter: 104,
  created_at: 120,
  updated_at: 120,
};

export function allFields(module: ModuleDescription): ModuleField[] {
  const names = new Set(module.fields.map((field) => field.name));
  return [...always.filter((field) => !names.has(field.name)), ...module.fields];
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
    if (!field) return [];
    const sortable = [
      'number',
      'created_at',
      'updated_at',
      'priority',
      'title',
      'name',
      'started_at',
    ].includes(name);
    return [
      {
        key: name,
        title:
          name in { number: 1, created_at: 1, updated_at: 1 }
            ? t(`record.${name}`)
            : t(`${module.kind}.${name}`),
        width: widths[name] ?? 140,
        sort: sortable ? name : undefined,
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
    .map((field) => ({
      value: field.name,
      label: always.some((one) => one.name === field.name)
        ? t(`record.${field.name}`)
        : t(`${module.kind}.${field.name}`),
    }));
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
