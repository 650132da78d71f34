// What runs: the processes of each version, calls that need a person, and what was done to many at once.
import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useInstances, useInstanceVerb, useNaming, useProcesses, type InstanceVerb } from '@/api/processes';
import type { Instance, ProcessSummary } from '@/api/process_types';
import { Dialog } from '@/kit/dialog';
import { Empty, ErrorFace, Loaded, Skeleton } from '@/kit/faces';
import { Mark, type Shape, type Tone } from '@/kit/marks';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
import { Tabs } from '@/kit/tabs';
import { Time } from '@/kit/time';
import { Refusal } from '@/record/refusal';
import { Batches } from './batches';
import { useRecordAddress } from './record_address';
import { ServiceCalls } from './service_calls';
import './running.css';

const looks: Record<Instance['status'], [Tone, Shape]> = {
  running: ['accent', 'half'],
  incident: ['red', 'cross'],
  suspended: ['orange', 'pause'],
  ended: ['green', 'tick'],
  cancelled: ['faint', 'hollow'],
};

const verbs: Record<Instance['status'], InstanceVerb[]> = {
  running: ['suspend', 'cancel'],
  incident: ['retry', 'cancel'],
  suspended: ['resume', 'cancel'],
  ended: [],
  cancelled: [],
};

function Status({ status }: { status: Instance['status'] }) {
  const { t } = useTranslation();
  const [tone, shape] = looks[status];
  return (
    <Mark tone={tone} shape={shape}>
      {t(`running.${status}`)}
    </Mark>
  );
}

/** The verbs of one process; giving it up is asked again. */
function Verbs({ instance }: { instance: Instance }) {
  const { t } = useTranslation();
  const act = useInstanceVerb();
  const [asking, setAsking] = useState(false);
  const cancel = () => act.mutate({ id: instance.id, verb: 'cancel' }, { onSuccess: () => setAsking(false) });
  return (
    <span className="row-verbs">
      {verbs[instance.status].map((verb) => (
        <Button
          key={verb}
          size="small"
          danger={verb === 'cancel'}
          loading={act.isPending && act.variables.verb === verb}
          onClick={() => (verb === 'cancel' ? setAsking(true) : act.mutate({ id: instance.id, verb }))}
        >
          {t(`running.${verb}`)}
        </Button>
      ))}
      {!asking && <Refusal error={act.error} />}
      <Dialog
        title={t('running.cancel')}
        open={asking}
        onClose={() => setAsking(false)}
        footer={
          <Button danger type="primary" loading={act.isPending} onClick={cancel}>
            {t('running.cancel')}
          </Button>
        }
      >
        <Refusal error={act.error} />
        <p>{t('running.cancel_text', { what: `${instance.number ?? ''} ${instance.title ?? ''}`.trim() })}</p>
      </Dialog>
    </span>
  );
}

function useColumns(all: ProcessSummary[]): Column<Instance>[] {
  const { t } = useTranslation();
  const naming = useNaming();
  const address = useRecordAddress();
  const version = (instance: Instance) => all.find((one) => one.id === instance.definition);
  const place = (instance: Instance, element: string) => naming(`${version(instance)?.key}.${element}`);
  return [
    {
      key: 'status',
      title: t('running.status'),
      width: 100,
      render: (instance) => <Status status={instance.status} />,
    },
    {
      key: 'record',
      title: t('task.record'),
      width: 340,
      render: (instance) => (
        <Link to={address(instance.record_kind, instance.record)}>
          <span className="figures muted">{instance.number}</span> {instance.title ?? instance.record}
        </Link>
      ),
    },
    {
      key: 'version',
      title: t('running.version'),
      width: 150,
      render: (instance) => {
        const of = version(instance);
        return of ? `${naming(of.key, of.name)} ${t('process.version', { version: of.version })}` : '–';
      },
    },
    {
      key: 'at',
      title: t('running.at'),
      width: 240,
      render: (instance) => instance.at.map((element) => place(instance, element)).join('、') || '–',
    },
    {
      key: 'started',
      title: t('running.started'),
      width: 110,
      render: (instance) => <Time at={instance.started_at} />,
    },
    { key: 'verbs', title: '', width: 150, render: (instance) => <Verbs instance={instance} /> },
  ];
}

function Instances({ all }: { all: ProcessSummary[] }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const version = params.get('version') ?? '';
  const status = params.get('status') ?? '';
  const instances = useInstances(version, status);
  const columns = useColumns(all);
  const naming = useNaming();
  const rows = (instances.data?.pages ?? []).flatMap((page) => page.items);
  const choose = (name: string, value: string) => {
    if (value) params.set(name, value);
    else params.delete(name);
    setParams(params, { replace: true });
  };
  const of = all.find((one) => one.id === version);
  return (
    <>
      <div className="running-bar">
        <Select
          id="running-version"
          className="running-version"
          aria-label={t('running.version')}
          value={version}
          onChange={(value) => choose('version', value)}
          options={[
            { value: '', label: t('running.every_version') },
            ...all.map((one) => ({
              value: one.id,
              label: `${naming(one.key, one.name)} ${t('process.version', { version: one.version })}`,
            })),
          ]}
        />
        <Checkbox
          checked={status === 'incident'}
          onChange={(event) => choose('status', event.target.checked ? 'incident' : '')}
        >
          {t('running.only_incidents')}
        </Checkbox>
        <span className="grow" />
        {of && (
          <Link className="button-link" to={`/admin/processes/migrate?from=${of.id}`}>
            {t('migrate.title')}
          </Link>
        )}
      </div>
      {instances.isPending && <Skeleton lines={8} />}
      {instances.isError && !instances.data && (
        <ErrorFace error={instances.error} retry={() => void instances.refetch()} />
      )}
      {instances.data && rows.length === 0 && (
        <Empty
          title={status ? t('running.no_incidents') : t('running.none')}
          hint={status ? undefined : t('running.none_hint')}
        />
      )}
      {rows.length > 0 && (
        <div className="list-main">
          <Table
            name="instances"
            label={t('running.title')}
            columns={columns}
            rows={rows}
            rowKey={(instance) => instance.id}
            card={(instance) => (
              <div className="card-link">
                <span className="card-top">
                  <Status status={instance.status} />
                  <Time at={instance.started_at} />
                </span>
                <span>{columns[1]?.render(instance)}</span>
                <span className="muted">{columns[3]?.render(instance)}</span>
                <Verbs instance={instance} />
              </div>
            )}
            footer={
              instances.hasNextPage && (
                <div className="more">
                  <Button
                    loading={instances.isFetchingNextPage}
                    onClick={() => void instances.fetchNextPage()}
                  >
                    {t('record.more')}
                  </Button>
                </div>
              )
            }
          />
        </div>
      )}
    </>
  );
}

export default function Running() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') ?? 'instances';
  return (
    <div className="page page-list">
      <p className="record-path">
        <Link to="/admin/processes">{t('shell.processes')}</Link> <span aria-hidden="true">/</span>
      </p>
      <PageHead title={t('running.title')} lead={t('running.lead')} />
      <Tabs
        label={t('running.title')}
        tabs={['instances', 'calls', 'batches'].map((key) => ({ key, label: t(`running.tab_${key}`) }))}
        active={tab}
        onChange={(key) => setParams(key === 'instances' ? {} : { tab: key }, { replace: true })}
      />
      <Loaded query={useProcesses()}>
        {({ items }) => {
          if (tab === 'calls') return <ServiceCalls />;
          if (tab === 'batches') return <Batches all={items} />;
          return <Instances all={items} />;
        }}
      </Loaded>
    </div>
  );
}
