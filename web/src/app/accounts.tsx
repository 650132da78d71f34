// Accounts, for the officers: who can come in, as what, and shutting the door. Every act says what it does.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsByField } from '@/api/client';
import { useAccountActions, useAccounts, useRoles } from '@/api/admin';
import { useMay, useSession } from '@/api/session';
import type { Account } from '@/api/types';
import { Dialog } from '@/kit/dialog';
import { Empty, Loaded } from '@/kit/faces';
import { Mark } from '@/kit/marks';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
import { Time } from '@/kit/time';
import { tell } from '@/kit/toast';
import { currentLanguage, wordOr } from '@/kit/words';
import { Frame } from '@/record/frame';
import { Refusal } from '@/record/refusal';
import { passwordFault } from './password';

const standard = [
  'operations_supervisor',
  'system_operator',
  'equipment_operator',
  'business_operator',
  'auditor',
  'system_officer',
  'security_officer',
  'audit_officer',
];

interface RoleSelectProps {
  id: string;
  value: string[];
  onChange: (roles: string[]) => void;
}

/** The roles of the pack in force; those a chosen role excludes cannot be added. */
function RoleSelect({ id, value, onChange }: RoleSelectProps) {
  const may = useMay();
  const known = useRoles(may('role.read')).data?.items;
  const all =
    known ??
    standard.map((role) => ({ id: role, name: {} as Record<string, string>, excludes: [] as string[] }));
  const excluded = new Set(all.filter((role) => value.includes(role.id)).flatMap((role) => role.excludes));
  return (
    <Select
      id={id}
      mode="multiple"
      className="wide"
      value={value}
      options={all.map((role) => ({
        value: role.id,
        label: role.name[currentLanguage()] ?? wordOr(`role.${role.id}`, role.id),
        disabled: excluded.has(role.id),
      }))}
      onChange={onChange}
    />
  );
}

function Create({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { create } = useAccountActions();
  const [values, setValues] = useState({ account: '', name: '', password: '', roles: [] as string[] });
  const [tried, setTried] = useState(false);
  const grants = useMay()('role.grant');
  const weak = passwordFault(values);
  const faults: Record<string, string> = { ...faultsByField(create.error) };
  if (tried && weak) faults.password = t(weak);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (weak || !values.account.trim() || !values.name.trim()) return;
    const { roles, ...rest } = values;
    create.mutate(roles.length ? values : rest, {
      onSuccess: () => {
        tell(t('account.created', { name: values.name }));
        setValues({ account: '', name: '', password: '', roles: [] });
        setTried(false);
        onClose();
      },
    });
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
        <Refusal error={create.error} known={['account', 'name', 'password', 'roles']} />
        {box('name', 'off')}
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

interface ChangeProps {
  account: Account | null;
  onClose: () => void;
}

function ChangeRoles({ account, onClose }: ChangeProps) {
  const { t } = useTranslation();
  const { change } = useAccountActions();
  const [chosen, setChosen] = useState<string[] | null>(null);
  if (!account) return null;
  const value = chosen ?? account.roles;
  const added = value.filter((role) => !account.roles.includes(role));
  const taken = account.roles.filter((role) => !value.includes(role));
  const names = (list: string[]) => list.map((role) => wordOr(`role.${role}`, role)).join(t('kit.comma'));
  const close = () => {
    setChosen(null);
    change.reset();
    onClose();
  };
  return (
    <Dialog
      title={t('account.roles_of', { name: account.person.name })}
      open
      onClose={close}
      footer={
        <Button
          type="primary"
          disabled={added.length + taken.length === 0}
          loading={change.isPending}
          onClick={() => change.mutate({ id: account.id, roles: value }, { onSuccess: close })}
        >
          {t('account.roles_save')}
        </Button>
      }
    >
      <div className="form">
        <Refusal error={change.error} />
        <Frame id="change-roles" label={t('account.roles')} required hint={t('account.roles_hint')}>
          <RoleSelect id="change-roles" value={value} onChange={setChosen} />
        </Frame>
        {added.length > 0 && (
          <p>{t('account.will_give', { name: account.person.name, roles: names(added) })}</p>
        )}
        {taken.length > 0 && (
          <p>{t('account.will_take', { name: account.person.name, roles: names(taken) })}</p>
        )}
      </div>
    </Dialog>
  );
}

function Disable({ account, onClose }: ChangeProps) {
  const { t } = useTranslation();
  const { change } = useAccountActions();
  if (!account) return null;
  const word = account.disabled ? 'account.enable' : 'account.disable';
  return (
    <Dialog
      title={t(word)}
      open
      onClose={onClose}
      footer={
        <Button
          type="primary"
          danger={!account.disabled}
          loading={change.isPending}
          onClick={() =>
            change.mutate({ id: account.id, disabled: !account.disabled }, { onSuccess: onClose })
          }
        >
          {t(word)}
        </Button>
      }
    >
      <Refusal error={change.error} />
      <p>
        {t(account.disabled ? 'account.enable_text' : 'account.disable_text', {
          name: account.person.name,
          account: account.account,
        })}
      </p>
    </Dialog>
  );
}

function useColumns(
  onRoles: (account: Account) => void,
  onDisable: (account: Account) => void,
): Column<Account>[] {
  const { t } = useTranslation();
  const may = useMay();
  const me = useSession().person.id;
  const writes = may('account.write');
  const grants = may('role.grant');
  return [
    {
      key: 'account',
      title: t('ceremony.account'),
      width: 150,
      render: (account) => <b>{account.account}</b>,
    },
    { key: 'name', title: t('ceremony.name'), width: 130, render: (account) => account.person.name },
    {
      key: 'roles',
      title: t('account.roles'),
      width: 300,
      render: (account) =>
        account.roles.map((role) => wordOr(`role.${role}`, role)).join(t('kit.comma')) || '–',
    },
    {
      key: 'state',
      title: t('account.state'),
      width: 110,
      render: (account) => (
        <Mark tone={account.disabled ? 'faint' : 'green'} shape={account.disabled ? 'cross' : 'tick'}>
          {t(account.disabled ? 'account.disabled' : 'account.active')}
        </Mark>
      ),
    },
    {
      key: 'last',
      title: t('account.last'),
      width: 130,
      render: (account) => <Time at={account.last_login_at} />,
    },
    {
      key: 'acts',
      title: t('account.acts'),
      width: 190,
      render: (account) =>
        writes &&
        account.person.id !== me && (
          <span className="acts">
            {grants && (
              <Button size="small" onClick={() => onRoles(account)}>
                {t('account.change_roles')}
              </Button>
            )}
            <Button size="small" danger={!account.disabled} onClick={() => onDisable(account)}>
              {t(account.disabled ? 'account.enable' : 'account.disable')}
            </Button>
          </span>
        ),
    },
  ];
}

export default function Accounts() {
  const { t } = useTranslation();
  const may = useMay();
  const [creating, setCreating] = useState(false);
  const [roleOf, setRoleOf] = useState<Account | null>(null);
  const [disabling, setDisabling] = useState<Account | null>(null);
  const columns = useColumns(setRoleOf, setDisabling);
  return (
    <div className="page page-list">
      <PageHead
        title={t('shell.accounts')}
        lead={t('account.lead')}
        extra={
          may('account.write') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
              {t('account.create')}
            </Button>
          )
        }
      />
      <Loaded
        query={useAccounts()}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('account.none')} />}
      >
        {(data) => (
          <div className="list-main">
            <Table
              name="accounts"
              label={t('shell.accounts')}
              columns={columns}
              rows={data.items}
              rowKey={(account) => account.id}
              card={(account) => (
                <div className="card-link">
                  <span className="card-top">
                    <b>{account.person.name}</b> <span className="muted">{account.account}</span>
                  </span>
                  {columns[2]?.render(account)}
                  {columns[5]?.render(account)}
                </div>
              )}
            />
          </div>
        )}
      </Loaded>
      <Create open={creating} onClose={() => setCreating(false)} />
      <ChangeRoles account={roleOf} onClose={() => setRoleOf(null)} />
      <Disable account={disabling} onClose={() => setDisabling(null)} />
    </div>
  );
}
