// An account for somebody the register knows, or for somebody new.
import { Button, Input, Segmented } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsByField } from '@/api/client';
import { useAccountActions } from '@/api/admin';
import { useMay } from '@/api/session';
import type { ModuleField } from '@/api/types';
import { Dialog } from '@/kit/dialog';
import { tell } from '@/kit/toast';
import { Frame } from '@/record/frame';
import { FieldInput } from '@/record/input';
import { Refusal } from '@/record/refusal';
import { passwordFault } from './password';
import { RoleSelect } from './role_select';

const nobody = { account: '', name: '', person: null as string | null, password: '', roles: [] as string[] };
const personField: ModuleField = { name: 'person', kind: 'reference', required: true, target: 'person' };

export function CreateAccount({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { create } = useAccountActions();
  const [values, setValues] = useState(nobody);
  const [known, setKnown] = useState(true);
  const [tried, setTried] = useState(false);
  const grants = useMay()('role.grant');
  const weak = passwordFault(values);
  const faults: Record<string, string> = { ...faultsByField(create.error) };
  if (tried && weak) faults.password = t(weak);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (weak || !values.account.trim() || !(known ? values.person : values.name.trim())) return;
    const { roles, person, name, ...rest } = values;
    const who = known ? { person } : { name };
    create.mutate(
      { ...rest, ...who, ...(roles.length ? { roles } : {}) },
      {
        onSuccess: () => {
          tell(t('account.created', { name: values.account }));
          setValues(nobody);
          setTried(false);
          onClose();
        },
      },
    );
  };
  const box = (field: 'account' | 'name', complete: string) => (
    <Frame id={`account-${field}`} label={t(`ceremony.${field}`)} required fault={faults[field]}>
      <Input
        id={`account-${field}`}
        autoComplete={complete}
        value={values[field]}
        onChange={(event) => setValues({ ...values, [field]: event.target.value })}
      />
    </Frame>
  );
  return (
    <Dialog title={t('account.create')} open={open} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Refusal error={create.error} known={['account', 'name', 'person', 'password', 'roles']} />
        <Segmented
          aria-label={t('account.whose')}
          value={known ? 'known' : 'new'}
          options={[
            { value: 'known', label: t('account.known_person') },
            { value: 'new', label: t('account.new_person') },
          ]}
          onChange={(value) => setKnown(value === 'known')}
        />
        {known ? (
          <Frame
            id="account-person"
            label={t('account.person')}
            required
            fault={faults.person}
            hint={t('account.person_hint')}
          >
            <FieldInput
              id="account-person"
              kind="account"
              field={personField}
              value={values.person}
              onChange={(person) => setValues({ ...values, person: person as string | null })}
            />
          </Frame>
        ) : (
          box('name', 'off')
        )}
        {box('account', 'off')}
        <Frame
          id="account-password"
          label={t('account.first_password')}
          required
          fault={faults.password}
          hint={t('account.first_password_hint')}
        >
          <Input.Password
            id="account-password"
            autoComplete="new-password"
            value={values.password}
            onChange={(event) => setValues({ ...values, password: event.target.value })}
          />
        </Frame>
        {grants ? (
          <Frame
            id="account-roles"
            label={t('account.roles')}
            required
            fault={faults.roles}
            hint={t('account.roles_hint')}
          >
            <RoleSelect
              id="account-roles"
              value={values.roles}
              onChange={(next) => setValues({ ...values, roles: next })}
            />
          </Frame>
        ) : (
          <p className="muted">{t('account.roles_later')}</p>
        )}
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {t('account.create')}
        </Button>
      </form>
    </Dialog>
  );
}
