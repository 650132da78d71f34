// My own settings: deputies, password and access keys for programs.
import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiTokenActions, useApiTokens, useChangePassword } from '@/api/admin';
import { faultsByField } from '@/api/client';
import { useMay, useSession } from '@/api/session';
import type { ApiToken } from '@/api/types';
import { Dialog } from '@/kit/dialog';
import { Empty, Loaded } from '@/kit/faces';
import { PageHead, Panel } from '@/kit/panel';
import { Time } from '@/kit/time';
import { tell } from '@/kit/toast';
import { Frame } from '@/record/frame';
import { Refusal } from '@/record/refusal';
import { DeputyPart } from './deputies';
import { passwordFault } from './password';

const blank = { old: '', new: '', again: '' };

function PasswordPart() {
  const { t } = useTranslation();
  const { person } = useSession();
  const change = useChangePassword();
  const [values, setValues] = useState(blank);
  const [tried, setTried] = useState(false);
  const weak = passwordFault({ password: values.new, account: person.account });
  const faults: Record<string, string> = { ...faultsByField(change.error) };
  if (tried && weak) faults.new = t(weak);
  if (tried && values.new !== values.again) faults.again = t('ceremony.again_differs');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (weak || values.new !== values.again) return;
    change.mutate(
      { old: values.old, new: values.new },
      {
        onSuccess: () => {
          setValues(blank);
          setTried(false);
          tell(t('settings.password_changed'));
        },
      },
    );
  };
  return (
    <Panel title={t('settings.password')}>
      <form className="form" onSubmit={submit}>
        <Refusal error={change.error} known={['old', 'new']} />
        {(['old', 'new', 'again'] as const).map((field) => (
          <Frame
            key={field}
            id={`password-${field}`}
            label={t(`settings.${field}`)}
            required
            fault={faults[field]}
          >
            <Input.Password
              id={`password-${field}`}
              autoComplete={field === 'old' ? 'current-password' : 'new-password'}
              value={values[field]}
              onChange={(event) => setValues({ ...values, [field]: event.target.value })}
            />
          </Frame>
        ))}
        <div className="form-row">
          <Button type="primary" htmlType="submit" loading={change.isPending} disabled={!values.old}>
            {t('settings.change_password')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function NewToken({ token, onClose }: { token: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('settings.token_made')} open={token !== null} onClose={onClose}>
      <p>{t('settings.token_once')}</p>
      <Input
        readOnly
        className="mono"
        value={token ?? ''}
        aria-label={t('settings.token')}
        onFocus={(event) => event.target.select()}
      />
    </Dialog>
  );
}

function TokenPart() {
  const { t } = useTranslation();
  const tokens = useApiTokens();
  const { create, revoke } = useApiTokenActions();
  const [name, setName] = useState('');
  const [made, setMade] = useState<string | null>(null);
  const [leaving, setLeaving] = useState<ApiToken | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(name.trim(), {
      onSuccess: (token) => {
        setName('');
        setMade(token.token ?? null);
      },
    });
  };
  return (
    <Panel title={t('settings.tokens')}>
      <p className="muted">{t('settings.tokens_lead')}</p>
      <form className="form-row" onSubmit={submit}>
        <Input
          className="grow"
          aria-label={t('settings.token_name')}
          placeholder={t('settings.token_name')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button htmlType="submit" disabled={!name.trim()} loading={create.isPending}>
          {t('settings.token_create')}
        </Button>
      </form>
      <Refusal error={create.error ?? revoke.error} />
      <Loaded
        query={tokens}
        lines={2}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('settings.no_tokens')} />}
      >
        {(data) => (
          <ul className="lines">
            {data.items.map((token) => (
              <li key={token.id}>
                <span>
                  <b>{token.name}</b>{' '}
                  <span className="muted">
                    {t('settings.token_since')} <Time at={token.created_at} exact />
                  </span>
                </span>
                <Button size="small" danger onClick={() => setLeaving(token)}>
                  {t('settings.token_revoke')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <NewToken token={made} onClose={() => setMade(null)} />
      <Dialog
        title={t('settings.token_revoke')}
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        footer={
          <Button
            type="primary"
            danger
            loading={revoke.isPending}
            onClick={() => leaving && revoke.mutate(leaving.id, { onSettled: () => setLeaving(null) })}
          >
            {t('settings.token_revoke')}
          </Button>
        }
      >
        <p>{t('settings.token_revoke_text', { name: leaving?.name })}</p>
      </Dialog>
    </Panel>
  );
}

export default function Settings() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <div className="page page-narrow">
      <PageHead title={t('shell.settings')} />
      {may('task.work') && <DeputyPart />}
      <PasswordPart />
      <TokenPart />
    </div>
  );
}
