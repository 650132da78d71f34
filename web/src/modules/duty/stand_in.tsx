// Somebody stands in for somebody, or two swap: who, from when until when, and why.
import { Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStandIns, type Rota } from '@/api/on_call';
import { Ask, type AskedField } from '@/record/ask';

export function AddStandIn({ rotas, onClose }: { rotas: Rota[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { add } = useStandIns();
  const [role, setRole] = useState(rotas[0]?.role ?? '');
  const [swap, setSwap] = useState(false);
  const people = (rotas.find((one) => one.role === role)?.people ?? []).map((one) => ({
    value: one.id,
    label: one.name,
  }));
  const person = (name: string): AskedField => ({
    name,
    kind: 'reference',
    required: true,
    render: (value, change) => (
      <Select
        id={`stand-in-${name}`}
        showSearch
        optionFilterProp="label"
        value={value as string | undefined}
        options={people}
        onChange={change}
      />
    ),
  });
  const instant = (name: string): AskedField => ({ name, kind: 'instant', required: true });
  const fields: AskedField[] = [
    {
      name: 'role',
      kind: 'reference',
      required: true,
      render: (value, change) => (
        <Select
          id="stand-in-role"
          value={value as string}
          options={rotas.map((one) => ({ value: one.role, label: one.name }))}
          onChange={(next: string) => {
            setRole(next);
            change(next);
          }}
        />
      ),
    },
    person('person'),
    person('deputy'),
    instant('starts_at'),
    instant('ends_at'),
    ...(swap ? [instant('back_starts_at'), instant('back_ends_at')] : []),
    { name: 'reason', kind: 'line', required: true },
    // Whether they swap is told by the second span, not by this field.
    {
      name: 'swap',
      kind: 'flag',
      required: false,
      render: (_, change) => (
        <Checkbox
          id="stand-in-swap"
          checked={swap}
          onChange={(event) => {
            setSwap(event.target.checked);
            change(undefined);
          }}
        >
          {t('on_call.swap_too')}
        </Checkbox>
      ),
    },
  ];
  return (
    <Ask
      name="stand-in"
      title={t('on_call.add')}
      done={t('on_call.added')}
      fields={fields}
      label={(field) => t(`on_call.field.${field}`)}
      begun={{ role }}
      act={add}
      onClose={onClose}
    />
  );
}
