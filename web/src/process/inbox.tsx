// The inbox: every step that waits for me or for a role I hold, most urgent first.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useSession } from '@/api/session';
import { useTasks } from '@/api/tasks';
import type { Task } from '@/api/types';
import { Empty, ErrorFace, Skeleton } from '@/kit/faces';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
import { Tabs } from '@/kit/tabs';
import { Time } from '@/kit/time';
import { wordOr } from '@/kit/words';
import { useStepName } from '@/record/actions';
import { Choice } from '@/record/looks';
import { usePlural } from '@/record/naming';
import { StepVerbs } from '@/record/verbs';
import { Due } from '@/record/due';

export function useTaskAddress(): (task: Task) => string {
  const plural = usePlural();
  return (task) => `/${plural(task.record.kind)}/${task.record.id}?task=${task.id}`;
}

export function TaskCard({ task, to }: { task: Task; to: string }) {
  const stepName = useStepName();
  return (
    <Link to={to} className="card-link">
      <span className="card-top">
        <span className="card-title">
          <b>{stepName(task.record.kind, task)}</b> {task.record.title}
        </span>
        <Due at={task.due_at} />
      </span>
      <span className="card-foot">
        <span className="figures faint">{task.record.number}</span>
        {task.record.priority && (
          <Choice kind={task.record.kind} field="priority" value={task.record.priority} />
        )}
        <Choice kind={task.record.kind} field="state" value={task.record.state} />
      </span>
    </Link>
  );
}

function useTaskColumns(me: string, done: boolean): Column<Task>[] {
  const stepName = useStepName();
  const { t } = useTranslation();
  const plural = usePlural();
  const back: Column<Task> = {
    key: 'back',
    title: '',
    width: 100,
    render: (task) => (
      <StepVerbs
        kind={task.record.kind}
        plural={plural(task.record.kind)}
        record={task.record.id}
        task={task}
        verbs={['withdraw']}
      />
    ),
  };
  return [
    {
      key: 'name',
      title: t('task.name'),
      width: 150,
      render: (task) => <b>{stepName(task.record.kind, task)}</b>,
    },
    {
      key: 'priority',
      title: t('task.priority'),
      width: 80,
      render: (task) => <Choice kind={task.record.kind} field="priority" value={task.record.priority} />,
    },
    {
      key: 'record',
      title: t('task.record'),
      width: 420,
      render: (task) => (
        <>
          <span className="figures muted">{task.record.number}</span> {task.record.title}
        </>
      ),
    },
    { key: 'due', title: t('task.due'), width: 160, render: (task) => <Due at={task.due_at} /> },
    {
      key: 'who',
      title: t('task.who'),
      width: 150,
      render: (task) =>
        task.assignee === me
          ? t('task.mine')
          : (task.labels?.[task.assignee ?? ''] ?? wordOr(`role.${task.role}`, task.role)),
    },
    { key: 'created', title: t('task.since'), width: 110, render: (task) => <Time at={task.created_at} /> },
    ...(done ? [back] : []),
  ];
}

export default function Inbox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const state = params.get('state') === 'done' ? 'done' : 'open';
  const tasks = useTasks(state);
  const me = useSession().person.id;
  const address = useTaskAddress();
  const columns = useTaskColumns(me, state === 'done');
  const rows = (tasks.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <div className="page page-list">
      <PageHead title={t('task.inbox')} />
      <Tabs
        label={t('task.inbox')}
        tabs={[
          { key: 'open', label: t('task.open') },
          { key: 'done', label: t('task.done') },
        ]}
        active={state}
        onChange={(key) => setParams(key === 'done' ? { state: 'done' } : {}, { replace: true })}
      />
      {tasks.isPending && <Skeleton lines={8} />}
      {tasks.isError && !tasks.data && (
        <ErrorFace error={tasks.error} since={tasks.errorUpdatedAt} retry={() => void tasks.refetch()} />
      )}
      {tasks.data && rows.length === 0 && (
        <Empty
          title={state === 'open' ? t('task.none') : t('task.none_done')}
          hint={state === 'open' ? t('task.none_hint') : undefined}
          action={<Link to="/incidents">{t('task.see_incidents')}</Link>}
        />
      )}
      {rows.length > 0 && (
        <div className="list-main">
          <Table
            name="tasks"
            label={t('task.inbox')}
            columns={columns}
            rows={rows}
            rowKey={(task) => task.id}
            card={(task) => <TaskCard task={task} to={address(task)} />}
            onOpen={(task) => void navigate(address(task))}
            footer={
              tasks.hasNextPage && (
                <div className="more">
                  <Button loading={tasks.isFetchingNextPage} onClick={() => void tasks.fetchNextPage()}>
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
