// The door.
import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, faultsByField } from '@/api/client';
import { useSessionActions } from '@/api/session';
import type { Setup } from '@/api/types';
import { Frame } from '@/record/frame';
import { Refusal } from '@/record/refusal';
import { LanguageButton, ThemeButton } from './person_menu';

export function SignIn({ setup }: { setup: Setup }) {
  const { t } = useTranslation();
  const { signIn } = useSessionActions();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await signIn(account.trim(), password);
    } catch (refused) {
      setError(refused);
      setPassword('');
      document.getElementById('password')?.focus();
    } finally {
      setBusy(false);
    }
  };
  const faults = faultsByField(error);
  const shown = error instanceof ApiProblem ? error : error;
  return (
    <div className="door">
      <div className="door-tools">
        <LanguageButton />
        <ThemeButton />
      </div>
      <main className="door-card">
        <img src="/icon.svg" alt="" width="40" height="40" />
        <h1>{t('shell.product')}</h1>
        <p className="lead">{setup.organisation ?? t('shell.tagline')}</p>
        {setup.demo && <p className="ribbon ribbon-card">{t('shell.demo')}</p>}
        <form className="form" onSubmit={(event) => void submit(event)}>
          <Refusal error={shown} known={['account', 'password']} />
          <Frame id="account" label={t('door.account')} required fault={faults.account}>
            <Input
              id="account"
              autoComplete="username"
              autoCapitalize="none"
              size="large"
              autoFocus
              value={account}
              onChange={(event) => setAccount(event.target.value)}
            />
          </Frame>
          <Frame id="password" label={t('door.password')} required fault={faults.password}>
            <Input.Password
              id="password"
              autoComplete="current-password"
              size="large"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Frame>
          <Button
            type="primary"
            htmlType="submit"
            size="large"
            block
            loading={busy}
            disabled={!account || !password}
          >
            {t('door.sign_in')}
          </Button>
        </form>
        <p className="faint door-note">{t('door.forgotten')}</p>
      </main>
    </div>
  );
}
