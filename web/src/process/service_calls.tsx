// Calls to other services that failed for good, or of which nobody knows whether they happened.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useServiceCalls, useServiceCallVerb } from '@/api/processes';
import type { ServiceCall } from '@/api/process_types';
import { Empty, Loaded } from '@/kit/faces';
import { Mark } from '@/kit/marks';
import { Table, type Column } from '@/kit/table';
import { Refusal } from '@/record/refusal';

function State({ call }: { call: ServiceCall }) {
  const { t } = useTranslation();
  return (
    <Mark
      tone={call.state === 'failed' ? 'red' : 'orange'}
      shape={call.state === 'failed' ? 'cross' : 'half'}
    >
      {t(`call.${call.state}`)}
    </Mark>
  );
}

function Verbs({ call }: { call: ServiceCall }) {
  const { t } = useTranslation();
  const act = useServiceCallVerb();
  return (
    <span className="row-verbs">
      <Button size="small" onClick={() => act.mutate({ id: call.id, verb: 'retry' })}>
        {t('call.retry')}
      </Button>
      {call.state === 'unknown' && (
        <Button size="small" onClick={() => act.mutate({ id: call.id, verb: 'settle' })}>
          {t('call.settle')}
        </Button>
      )}
      <Refusal error={act.error} />
    </span>
  );
}

export function ServiceCalls() {
  const { t } = useTranslation();
  const columns: Column<ServiceCall>[] = [
    { key: 'state', title: t('running.status'), width: 120, render: (call) => <State call={call} /> },
    { key: 'action', title: t('call.action'), width: 200, render: (call) => <code>{call.action}</code> },
    { key: 'element', title: t('task.name'), width: 160, render: (call) => call.element },
    {
      key: 'attempts',
      title: t('call.attempts'),
      width: 80,
      align: 'right',
      render: (call) => call.attempts,
    },
    {
      key: 'problem',
      title: t('call.problem'),
      width: 360,
      render: (call) => <span className="wrap">{call.problem || '–'}</span>,
    },
    { key: 'verbs', title: '', width: 180, render: (call) => <Verbs call={call} /> },
  ];
  return (
    <Loaded
      query={useServiceCalls()}
      isEmpty={({ items }) => items.length === 0}
      empty={<Empty title={t('call.none')} hint={t('call.none_hint')} />}
    >
      {({ items }) => (
        <div className="list-main">
          <Table
            name="service-calls"
            label={t('running.tab_calls')}
            columns={columns}
            rows={items}
            rowKey={(call) => call.id}
            card={(call) => (
              <div className="card-link">
                <span className="card-top">
                  <State call={call} />
                  <code>{call.action}</code>
                </span>
                <span className="wrap">{call.problem}</span>
                <Verbs call={call} />
              </div>
            )}
          />
        </div>
      )}
    </Loaded>
  );
}
