// The properties of the chosen element: only what our engine reads of its kind.
import { AutoComplete, Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useModules } from '@/api/records';
import { useRoles } from '@/api/admin';
import { useMay } from '@/api/session';
import type { ModuleDescription } from '@/api/types';
import { currentLanguage, wordOr } from '@/kit/words';
import { Frame } from '@/record/frame';
import { choiceWord } from '@/record/looks';
import { fieldWord, isCommon } from '@/record/words_of';
import type { Fact, Facts } from './facts';
import { FeelBox, type FeelVariable } from './feel';
import { FormEditor } from './form_editor';

interface PropertiesProps {
  facts: Facts;
  /** The family the process moves. */
  kind: string;
  onSet: (name: Fact, value: string) => void;
  onSetStep: (values: Partial<Record<Fact, string>>) => void;
}

const roles = [
  'operations_supervisor',
  'system_operator',
  'equipment_operator',
  'business_operator',
  'auditor',
];
const actions = ['notify', 'escalate'];
const policies = ['all', 'any', 'ratio', 'weighted'];

export function variablesOf(module: ModuleDescription | undefined): FeelVariable[] {
  return (module?.fields ?? [])
    .filter((field) => !isCommon(field.name) || field.name === 'created_at')
    .map((field) => ({
      name: field.name,
      label: fieldWord(module?.kind ?? '', field.name),
      detail: field.choices?.length ? field.choices.map((choice) => `"${choice}"`).join(' ') : '',
    }));
}

function useRoleOptions() {
  const may = useMay();
  const known = useRoles(may('role.read')).data?.items;
  if (known) return known.map(({ id, name }) => ({ value: id, label: name[currentLanguage()] ?? id }));
  return roles.map((id) => ({ value: id, label: wordOr(`role.${id}`, id) }));
}

function useOptions(kind: string) {
  const modules = useModules().data ?? [];
  const module = modules.find((one) => one.kind === kind);
  const fields = (module?.fields ?? []).filter((field) => !isCommon(field.name));
  return {
    module,
    role: useRoleOptions(),
    record: modules.map((one) => ({ value: one.kind, label: wordOr(`${one.kind}.many`, one.kind) })),
    state: (module?.states ?? []).map((state) => ({ value: state, label: choiceWord(kind, 'state', state) })),
    fields: fields.map(({ name }) => ({ value: name, label: fieldWord(kind, name) })),
    assignee: fields
      .filter((field) => field.kind === 'reference' && field.target === 'person')
      .map(({ name }) => ({ value: `field:${name}`, label: fieldWord(kind, name) })),
  };
}

const shown: Fact[] = [
  'name',
  'record',
  'role',
  'state',
  'fields',
  'assignee',
  'due',
  'remind',
  'action',
  'sign',
  'signers',
  'share',
  'veto',
  'result',
  'condition',
  'otherwise',
  'timer_kind',
  'timer',
  'working',
  'documentation',
];

type EditorProps = PropertiesProps & { name: Fact; id: string };

function Editor({ name, id, facts, kind, onSet, onSetStep }: EditorProps) {
  const { t } = useTranslation();
  const options = useOptions(kind);
  const value = facts.values[name] ?? '';
  const set = (next: string | undefined) => onSet(name, next ?? '');
  const common = { id, className: 'wide', 'aria-describedby': `${id}-note` };
  switch (name) {
    case 'record':
    case 'role':
    case 'state':
    case 'assignee':
      return (
        <Select
          {...common}
          allowClear
          value={value || null}
          options={options[name]}
          onChange={(next: string | null) => set(next ?? '')}
        />
      );
    case 'fields':
      return <FormEditor module={options.module} values={facts.values} onChange={onSetStep} />;
    case 'timer_kind':
      return (
        <Select
          {...common}
          value={value}
          options={['timeDuration', 'timeDate', 'timeCycle'].map((one) => ({
            value: one,
            label: t(`process.${one}`),
          }))}
          onChange={set}
        />
      );
    case 'sign':
      return (
        <Select
          {...common}
          allowClear
          value={value || null}
          options={policies.map((one) => ({ value: one, label: t(`process.sign.${one}`) }))}
          onChange={(next: string | null) => set(next ?? '')}
        />
      );
    case 'result':
      return (
        <Select
          {...common}
          value={value || null}
          options={options.fields}
          onChange={(next: string | null) => set(next ?? '')}
        />
      );
    case 'otherwise':
    case 'veto':
    case 'working':
      return (
        <Checkbox
          id={id}
          checked={value === 'true'}
          onChange={(event) => set(event.target.checked ? 'true' : '')}
        >
          {t(`process.attribute.${name}_yes`)}
        </Checkbox>
      );
    case 'due':
    case 'condition':
    case 'timer':
      return (
        <FeelBox
          key={`${facts.id} ${name}`}
          id={id}
          label={t(`process.attribute.${name}`)}
          value={value}
          variables={variablesOf(options.module)}
          describedBy={`${id}-note`}
          onChange={set}
        />
      );
    case 'action':
      return (
        <AutoComplete
          {...common}
          value={value}
          options={
            facts.type === 'UserTask'
              ? []
              : actions.map((one) => ({ value: one, label: wordOr(`process.does.${one}`, one) }))
          }
          onChange={set}
        />
      );
    case 'documentation':
      return (
        <Input.TextArea
          id={id}
          className="growing"
          rows={2}
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      );
    default:
      return <Input id={id} value={value} onChange={(event) => set(event.target.value)} />;
  }
}

/** Facts that are there anyhow, so that nobody need be told they may be left out. */
const always = new Set<Fact>(['otherwise', 'working', 'timer_kind', 'veto', 'signers', 'share', 'result']);

export function Properties(props: PropertiesProps) {
  const { facts } = props;
  const { t } = useTranslation();
  return (
    <div className="form properties">
      <p className="element-title">
        <b>{wordOr(`process.type.${facts.type}`, facts.type)}</b> <code className="faint">{facts.id}</code>
      </p>
      {shown
        .filter((name) => name in facts.values)
        .map((name) => (
          <Frame
            key={name}
            id={`fact-${name}`}
            label={t(`process.attribute.${name}`)}
            required={always.has(name)}
            hint={wordOr(`process.hint.${name}`, '')}
          >
            <Editor {...props} name={name} id={`fact-${name}`} />
          </Frame>
        ))}
    </div>
  );
}
