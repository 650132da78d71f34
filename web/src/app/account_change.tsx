// Changing what an account may do, shutting it, and giving it a new password. Each says what it will do.
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccountActions } from '@/api/admin';
import type { Account } from '@/api/types';
import { Dialog } from '@/kit/dialog';
import { tell } from '@/kit/toast';
import { wordOr } from '@/kit/words';
import { faultsByField } from '@/api/client';
import { Frame } from '@/record/frame';
import { Refusal } from '@/record/refusal';
import { passwordFault } from './password';
import { RoleSelect } from './role_select';

interface ChangeProps {
  account: Account | null;
  onClose: () => void;
}

export function ChangeRoles({ account, onClose }: ChangeProps) {
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

export function Disable({ account, onClose }: ChangeProps) {
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

export function NewPassword({ account, onClose }: ChangeProps) {
  const { t } = useTranslation();
  const { change } = useAccountActions();
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  if (!account) return null;
  const weak = passwordFault({ account: account.account, password });
  const fault = faultsByField(change.error).password ?? (tried && weak ? t(weak) : undefined);
  const close = () => {
    setPassword('');
    setTried(false);
    change.reset();
    onClose();
  };
  const save = () => {
    setTried(true);
    if (weak) return;
    change.mutate(
      { id: account.id, password },
      {
        onSuccess: () => {
          tell(t('account.password_done', { name: account.person.name }));
          close();
        },
      },
    );
  };
  return (
    <Dialog
      title={t('account.password_of', { name: account.person.name })}
      open
      onClose={close}
      footer={
        <Button type="primary" loading={change.isPending} onClick={save}>
          {t('account.password_set')}
        </Button>
      }
    >
      <div className="form">
        <Refusal error={change.error} known={['password']} />
        <p>{t('account.password_text', { name: account.person.name })}</p>
        <Frame
          id="new-password"
          label={t('account.first_password')}
          required
          fault={fault}
          hint={t('account.first_password_hint')}
        >
          <Input.Password
            id="new-password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Frame>
      </div>
    </Dialog>
  );
}
