// The page of one record: head, what is known, the next step, and everything that happened.
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useRecord } from '@/api/records';
import { useSession } from '@/api/session';
import type { RecordData, Task } from '@/api/types';
import { Loaded } from '@/kit/faces';
import { Panel } from '@/kit/panel';
import { Tabs } from '@/kit/tabs';
import { useStepName } from './actions';
import { ClockChip } from './clocks';
import { FieldGroup, type Group } from './fields';
import { Choice } from './looks';
import { titleOf } from './naming';
import { Related } from './related';
import { StepPanel } from './step';
import { Attachments, Comments } from './talk';
import { Timeline } from './timeline';
import { Trail } from './trail';
import { fieldWord } from './words_of';

export interface RecordTab {
  key: string;
  label: string;
  render: (record: RecordData) => ReactNode;
}

export interface PageProps {
  kind: string;
  plural: string;
  id: string;
  groups: Group[];
  /** Choice fields shown as labels in the head; the state comes first. */
  head: string[];
  people?: string[];
  editable: boolean;
  tabs?: RecordTab[];
  /** What a family shows above its fields, such as charts. */
  lead?: (record: RecordData) => ReactNode;
  terse?: boolean;
}

function Head({ record, kind, plural, head, people }: PageProps & { record: RecordData }) {
  const { t } = useTranslation();
  return (
    <header className="record-head">
      <p className="record-path">
        <Link to={`/${plural}`}>{t(`${kind}.many`)}</Link> <span aria-hidden="true">/</span>{' '}
        <span className="figures">{record.number}</span>
      </p>
      <h1>{titleOf(record)}</h1>
      <div className="record-line">
        {head.map((field) =>
          record[field] ? (
            <Choice key={field} kind={kind} field={field} value={String(record[field])} strong />
          ) : null,
        )}
        {(record.clocks ?? []).map((clock) => (
          <ClockChip key={clock.name} clock={clock} kind={kind} />
        ))}
        {(people ?? []).map((field) => {
          const id = record[field];
          return typeof id === 'string' && id ? (
            <span key={field} className="record-person">
              <span className="faint">{fieldWord(kind, field)}</span> {record.labels?.[id] ?? ''}
            </span>
          ) : null;
        })}
      </div>
    </header>
  );
}

/** The open step to show: the one asked for, else mine, else one I can take, else any. */
function chooseTask(tasks: Task[], asked: string | null, me: string): Task | undefined {
  return (
    tasks.find((task) => task.id === asked) ??
    tasks.find((task) => task.assignee === me) ??
    tasks.find((task) => task.claimable) ??
    tasks[0]
  );
}

function RecordTabs({ record, kind, plural, tabs = [] }: PageProps & { record: RecordData }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const all: RecordTab[] = [
    {
      key: 'timeline',
      label: t('record.timeline'),
      render: () => <Timeline kind={kind} plural={plural} id={record.id} labels={record.labels} />,
    },
    ...tabs,
    {
      key: 'comments',
      label: t('record.comments'),
      render: () => <Comments plural={plural} id={record.id} />,
    },
    { key: 'related', label: t('record.related'), render: () => <Related plural={plural} id={record.id} /> },
    { key: 'files', label: t('record.files'), render: () => <Attachments plural={plural} id={record.id} /> },
    {
      key: 'ledger',
      label: t('record.ledger'),
      render: () => <Trail kind={kind} id={record.id} labels={record.labels} />,
    },
  ];
  const active = all.find((tab) => tab.key === params.get('tab')) ?? all[0];
  return (
    <section className="panel record-tabs">
      <Tabs
        label={t('record.sections')}
        tabs={all}
        active={active?.key ?? ''}
        onChange={(key) => {
          const next = new URLSearchParams(params);
          next.set('tab', key);
          setParams(next, { replace: true });
        }}
      />
      <div className="panel-body" role="tabpanel">
        {active?.render(record)}
      </div>
    </section>
  );
}

function Full(props: PageProps & { record: RecordData }) {
  const stepName = useStepName();
  const { kind, plural, record, groups, editable, lead, terse } = props;
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const me = useSession().person.id;
  const task = chooseTask(record.tasks ?? [], params.get('task'), me);
  const number = `${record.number} ${titleOf(record)}`;
  useEffect(() => {
    document.title = number;
  }, [number]);
  return (
    <div className="page page-record">
      <Head {...props} />
      <div className={task ? 'record-columns' : 'record-columns record-columns-one'}>
        {task && (
          <div className="record-step">
            <StepPanel kind={kind} plural={plural} record={record} task={task} />
            {(record.tasks?.length ?? 0) > 1 && (
              <Panel title={t('record.other_steps')}>
                <ul className="plain-list">
                  {record.tasks
                    ?.filter((other) => other.id !== task.id)
                    .map((other) => (
                      <li key={other.id}>
                        <Link to={`?task=${other.id}`}>{stepName(kind, other)}</Link>
                      </li>
                    ))}
                </ul>
              </Panel>
            )}
          </div>
        )}
        <div className="record-main">
          {lead?.(record)}
          {groups.map((group) => (
            <FieldGroup
              key={group.title}
              kind={kind}
              plural={plural}
              record={record}
              group={group}
              editable={editable}
              terse={terse}
            />
          ))}
          <RecordTabs {...props} />
        </div>
      </div>
    </div>
  );
}

export function RecordPage(props: PageProps) {
  const record = useRecord(props.plural, props.id);
  return <Loaded query={record}>{(data) => <Full key={data.id} {...props} record={data} />}</Loaded>;
}
