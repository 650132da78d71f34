// The first hour of an installation: three officers who exclude one another, and the first people of
// operations. No account exists before, none has a password it was not given here.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiProblem, post } from '@/api/client';
import { useSessionActions } from '@/api/session';
import { Panel } from '@/kit/panel';
import { tell } from '@/kit/toast';
import { Frame } from '@/record/frame';
import { Refusal } from '@/record/refusal';
import { LanguageButton, ThemeButton } from './person_menu';
import { passwordFault, type Entry } from './password';

const officers = ['system_officer', 'security_officer', 'audit_officer'];
const blank = (role: string): Entry => ({ role, account: '', name: '', password: '', again: '' });

interface EntryProps {
  index: number;
  entry: Entry;
  faults: Record<string, string>;
  onChange: (entry: Entry) => void;
  onRemove?: () => void;
}

function EntryCard({ index, entry, faults, onChange, onRemove }: EntryProps) {
  const { t } = useTranslation();
  const line = (field: 'account' | 'name' | 'password' | 'again', secret: boolean, complete: string) => {
    const id = `entry-${index}-${field}`;
    const Box = secret ? Input.Password : Input;
    return (
      <Frame id={id} label={t(`ceremony.${field}`)} required fault={faults[field]}>
        <Box
          id={id}
          autoComplete={complete}
          autoCapitalize={field === 'name' ? undefined : 'none'}
          status={faults[field] ? 'error' : undefined}
          aria-describedby={`${id}-note`}
          value={entry[field]}
          onChange={(event) => onChange({ ...entry, [field]: event.target.value })}
        />
      </Frame>
    );
  };
  return (
    <Panel
      title={t(`role.${entry.role}`)}
      extra={
        onRemove && (
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            onClick={onRemove}
            aria-label={t('ceremony.remove')}
          />
        )
      }
    >
      <p className="muted entry-duty">{t(`ceremony.duty_${entry.role}`)}</p>
      <div className="entry">
        {line('name', false, 'off')}
        {line('account', false, 'off')}
        {line('password', true, 'new-password')}
        {line('again', true, 'new-password')}
      </div>
    </Panel>
  );
}

/** Faults of each entry: what we see ourselves, then what the server said at /accounts/<n>/<field>. */
function useFaults(entries: Entry[], error: unknown, tried: boolean): Record<string, string>[] {
  const { t } = useTranslation();
  const accounts = entries.map((entry) => entry.account.trim().toLowerCase());
  return entries.map((entry, index) => {
    const faults: Record<string, string> = {};
    if (error instanceof ApiProblem)
      for (const fault of error.errors) {
        const found = new RegExp(`^/accounts/${index}/(\\w+)`).exec(fault.pointer);
        if (found?.[1]) faults[found[1]] = fault.detail;
      }
    if (!tried) return faults;
    if (!entry.name.trim()) faults.name = t('ceremony.name_needed');
    if (!/^[a-z0-9._-]{2,32}$/i.test(entry.account.trim())) faults.account = t('ceremony.account_form');
    else if (accounts.indexOf(accounts[index] ?? '') !== index) faults.account = t('ceremony.account_twice');
    const weak = passwordFault(entry);
    if (weak) faults.password = t(weak);
    if (entry.password !== entry.again) faults.again = t('ceremony.again_differs');
    return faults;
  });
}

function codeOfAddress(): string {
  return new URLSearchParams(window.location.hash.slice(1)).get('code') ?? '';
}

export default function Ceremony() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { renew } = useSessionActions();
  const [code, setCode] = useState(codeOfAddress);
  const [organisation, setOrganisation] = useState('');
  const [entries, setEntries] = useState<Entry[]>(() => [...officers, 'operations_supervisor'].map(blank));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const faults = useFaults(entries, error, tried);
  const change = (index: number, entry: Entry) =>
    setEntries(entries.map((old, at) => (at === index ? entry : old)));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const unfit = entries.some(
      (entry) =>
        !entry.name.trim() || !entry.account.trim() || passwordFault(entry) || entry.password !== entry.again,
    );
    if (unfit || !organisation.trim() || !code.trim()) return;
    setBusy(true);
    try {
      const accounts = entries.map(({ role, account, name, password }) => ({
        account: account.trim(),
        name: name.trim(),
        password,
        roles: [role],
      }));
      await post('/api/v1/setup', { code: code.trim(), organisation: organisation.trim(), accounts });
      await navigate('/', { replace: true });
      tell(t('ceremony.done'));
      await renew();
    } catch (refused) {
      setError(refused);
      window.scrollTo({ top: 0 });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="ceremony">
      <div className="door-tools">
        <LanguageButton />
        <ThemeButton />
      </div>
      <main>
        <header className="page-head">
          <div>
            <h1>{t('ceremony.title')}</h1>
            <p className="lead">{t('ceremony.lead')}</p>
          </div>
        </header>
        <form className="form" onSubmit={(event) => void submit(event)} noValidate>
          <Refusal error={error} known={['accounts']} />
          <Panel title={t('ceremony.organisation_part')}>
            <div className="entry">
              <Frame
                id="organisation"
                label={t('ceremony.organisation')}
                required
                fault={tried && !organisation.trim() ? t('ceremony.organisation_needed') : undefined}
              >
                <Input
                  id="organisation"
                  value={organisation}
                  onChange={(event) => setOrganisation(event.target.value)}
                />
              </Frame>
              <Frame
                id="code"
                label={t('ceremony.code')}
                required
                hint={t('ceremony.code_hint')}
                fault={tried && !code.trim() ? t('ceremony.code_needed') : undefined}
              >
                <Input
                  id="code"
                  autoComplete="off"
                  value={code}
                  onChange={(event) => setCode(event.target.value)}
                />
              </Frame>
            </div>
          </Panel>
          <h2 className="ceremony-part">{t('ceremony.officers')}</h2>
          <p className="muted">{t('ceremony.officers_lead')}</p>
          {entries.slice(0, 3).map((entry, index) => (
            <EntryCard
              key={index}
              index={index}
              entry={entry}
              faults={faults[index] ?? {}}
              onChange={(next) => change(index, next)}
            />
          ))}
          <h2 className="ceremony-part">{t('ceremony.people')}</h2>
          <p className="muted">{t('ceremony.people_lead')}</p>
          {entries.slice(3).map((entry, rest) => {
            const index = rest + 3;
            return (
              <EntryCard
                key={index}
                index={index}
                entry={entry}
                faults={faults[index] ?? {}}
                onChange={(next) => change(index, next)}
                onRemove={rest > 0 ? () => setEntries(entries.filter((_, at) => at !== index)) : undefined}
              />
            );
          })}
          <div className="form-row">
            {['system_operator', 'business_operator'].map((role) => (
              <Button
                key={role}
                icon={<PlusOutlined />}
                onClick={() => setEntries([...entries, blank(role)])}
              >
                {t('ceremony.add', { role: t(`role.${role}`) })}
              </Button>
            ))}
          </div>
          <div className="form-foot">
            {tried && faults.some((fault) => Object.keys(fault).length > 0) && (
              <p role="alert" className="frame-fault">
                {t('ceremony.unfit')}
              </p>
            )}
            <Button type="primary" htmlType="submit" size="large" loading={busy}>
              {t('ceremony.finish', { n: entries.length })}
            </Button>
          </div>
        </form>
      </main>
    </div>
  );
}
