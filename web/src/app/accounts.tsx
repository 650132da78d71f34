// Accounts, for the officers: who can come in, as what, and shutting the door. Every act says what it does.
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/admin';
import { useMay, useSession } from '@/api/session';
import type { Account } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { Mark } from '@/kit/marks';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
import { Time } from '@/kit/time';
import { wordOr } from '@/kit/words';
import { ChangeRoles, Disable, NewPassword } from './account_change';
import { CreateAccount } from './account_new';

function useColumns(
  onRoles: (account: Account) => void,
  onDisable: (account: Account) => void,
  onPassword: (account: Account) => void,
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
      width: 250,
      render: (account) =>
        writes &&
        account.person.id !== me && (
          <span className="acts">
            {grants && (
              <Button size="small" onClick={() => onRoles(account)}>
                {t('account.change_roles')}
              </Button>
            )}
            <Button size="small" onClick={() => onPassword(account)}>
              {t('account.password')}
            </Button>
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
  const [passwordOf, setPasswordOf] = useState<Account | null>(null);
  const columns = useColumns(setRoleOf, setDisabling, setPasswordOf);
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
      <CreateAccount open={creating} onClose={() => setCreating(false)} />
      <ChangeRoles account={roleOf} onClose={() => setRoleOf(null)} />
      <NewPassword account={passwordOf} onClose={() => setPasswordOf(null)} />
      <Disable account={disabling} onClose={() => setDisabling(null)} />
    </div>
  );
}
