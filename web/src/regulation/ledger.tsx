// The ledger: every command, chained, and the check that nothing was touched since.
import { SafetyOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useLedger, useVerification } from '@/api/regulation';
import type { LedgerEntry } from '@/api/types';
import { Empty, ErrorFace, Skeleton } from '@/kit/faces';
import { formatInstant } from '@/kit/format';
import { ShapeMark } from '@/kit/marks';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
import { wordOr } from '@/kit/words';
import { usePlural } from '@/record/naming';
import { Refusal } from '@/record/refusal';
import { actionWord, actorWord } from '@/record/actions';
import { Change } from '@/record/trail';

function Verdict({ verification }: { verification: ReturnType<typeof useVerification> }) {
  const { t } = useTranslation();
  if (verification.error) return <Refusal error={verification.error} />;
  if (!verification.data) return null;
  const { ok, entries, first_bad } = verification.data;
  return (
    <p className={`verdict badge-${ok ? 'green' : 'red'}`} role="status">
      <ShapeMark shape={ok ? 'tick' : 'triangle'} tone={ok ? 'green' : 'red'} />
      {ok ? t('ledger.whole', { entries }) : t('ledger.broken', { seq: first_bad, entries })}
    </p>
  );
}

function Subject({ subject, names }: { subject: string; names: Record<string, string> }) {
  const plural = usePlural();
  const [kind = '', id] = subject.split('/');
  const text = `${wordOr(`${kind}.one`, kind)} ${names[id ?? ''] ?? id?.slice(-6) ?? ''}`;
  if (kind === 'clause' && id) return <Link to={`/clauses/${id}`}>{text}</Link>;
  const linked = ['incident', 'system', 'person', 'unit'].includes(kind) && id;
  return linked ? <Link to={`/${plural(kind)}/${id}`}>{text}</Link> : <span>{text}</span>;
}

function useColumns(names: Record<string, string>): Column<LedgerEntry>[] {
  const { t } = useTranslation();
  return [
    { key: 'seq', title: '#', width: 76, align: 'right', render: (entry) => entry.seq },
    {
      key: 'at',
      title: t('ledger.at'),
      width: 130,
      render: (entry) => <span className="figures">{formatInstant(entry.at)}</span>,
    },
    {
      key: 'actor',
      title: t('ledger.actor'),
      width: 130,
      render: (entry) => names[entry.actor] ?? actorWord(entry.actor),
    },
    {
      key: 'action',
      title: t('ledger.action'),
      width: 150,
      render: (entry) => actionWord(entry.action),
    },
    {
      key: 'subject',
      title: t('ledger.subject'),
      width: 150,
      render: (entry) => <Subject subject={entry.subject} names={names} />,
    },
    {
      key: 'change',
      title: t('ledger.change'),
      width: 420,
      render: (entry) => (
        <Change kind={entry.subject.split('/')[0] ?? ''} change={entry.change} labels={names} />
      ),
    },
    {
      key: 'hash',
      title: t('ledger.hash'),
      width: 120,
      render: (entry) => (
        <code className="hash" title={entry.hash}>
          {entry.hash?.slice(0, 12)}
        </code>
      ),
    },
  ];
}

export default function Ledger() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const names = ['subject', 'actor', 'action'];
  const filters = Object.fromEntries([...params].filter(([key]) => names.includes(key)));
  const [typed, setTyped] = useState<Record<string, string>>(filters);
  const ledger = useLedger(filters);
  const verification = useVerification();
  const pages = ledger.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.items);
  const labels = Object.assign(
    {},
    ...pages.map((page) => (page as { labels?: Record<string, string> }).labels ?? {}),
  );
  const columns = useColumns(labels);
  const apply = () =>
    setParams(Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim())), {
      replace: true,
    });
  return (
    <div className="page page-list">
      <PageHead
        title={t('shell.ledger')}
        lead={t('ledger.lead')}
        extra={
          <Button
            icon={<SafetyOutlined />}
            loading={verification.isPending}
            onClick={() => verification.mutate()}
          >
            {t('ledger.verify')}
          </Button>
        }
      />
      <Verdict verification={verification} />
      <div className="list-bar">
        {names.map((name) => (
          <Input
            key={name}
            className="ledger-filter"
            allowClear
            aria-label={t(`ledger.${name}`)}
            placeholder={t(`ledger.filter_${name}`)}
            value={typed[name] ?? ''}
            onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            onPressEnter={apply}
          />
        ))}
        <Button onClick={apply}>{t('ledger.filter')}</Button>
      </div>
      {ledger.isPending && <Skeleton lines={12} />}
      {ledger.isError && !ledger.data && (
        <ErrorFace error={ledger.error} since={ledger.errorUpdatedAt} retry={() => void ledger.refetch()} />
      )}
      {ledger.data && rows.length === 0 && (
        <Empty title={t('ledger.none')} hint={t('record.no_match_hint')} />
      )}
      {rows.length > 0 && (
        <div className="list-main">
          <Table
            name="ledger"
            label={t('shell.ledger')}
            columns={columns}
            rows={rows}
            rowKey={(entry) => String(entry.seq)}
            card={(entry) => (
              <div className="card-link">
                <span className="card-top">
                  <span className="figures">
                    #{entry.seq} · {formatInstant(entry.at)}
                  </span>
                  <span>{labels[entry.actor] ?? actorWord(entry.actor)}</span>
                </span>
                <span>
                  {actionWord(entry.action)} <Subject subject={entry.subject} names={labels} />
                </span>
              </div>
            )}
            footer={
              ledger.hasNextPage && (
                <div className="more">
                  <Button loading={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
                    {t('record.more')}
                  </Button>
                </div>
              )
            }
          />
        </div>
      )}
    </div>
  );
}
