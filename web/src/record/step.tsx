// The next step of a record: only what this step needs, and one button that says what happens.
import { Button } from 'antd';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsByField } from '@/api/client';
import { useModule } from '@/api/records';
import { useSession } from '@/api/session';
import { useTask, useTaskActions, type Vote } from '@/api/tasks';
import type { RecordData, Task, TaskDetail } from '@/api/types';
import { formatInstant } from '@/kit/format';
import { Loaded } from '@/kit/faces';
import { useKeys } from '@/kit/keys';
import { Panel } from '@/kit/panel';
import { tell } from '@/kit/toast';
import { wordOr } from '@/kit/words';
import { useStepName } from './actions';
import { useDraft } from './draft';
import { Due } from './due';
import { fieldOf } from './input';
import { Leaving } from './leaving';
import { Refusal } from './refusal';
import { StepField, stepWord } from './step_field';
import { StepVerbs, verbsOf } from './verbs';

interface StepProps {
  kind: string;
  plural: string;
  record: RecordData;
  task: Task;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

function useStep({ kind, plural, record, task }: StepProps, detail: TaskDetail) {
  const stepName = useStepName();
  const { t } = useTranslation();
  const module = useModule(kind);
  const draft = useDraft(`task.${task.id}`);
  const { complete } = useTaskActions(plural, record.id, task.id);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const schema = detail.form.schema?.properties ?? {};
  const fields = detail.form.fields.map((asked) => ({
    asked,
    required: asked.required ?? false,
    field: asked.kind
      ? { ...asked, kind: asked.kind, required: asked.required ?? false }
      : fieldOf(
          asked.name,
          module?.fields.find((field) => field.name === asked.name),
          schema[asked.name],
        ),
  }));
  const valueOf = (name: string) => (name in draft.values ? draft.values[name] : detail.record?.[name]);
  const label = (name: string) => stepWord(kind, name, schema[name]);
  const send = async (vote?: Vote) => {
    const lacking = fields.filter(
      ({ asked, required, field }) =>
        required && (field.kind === 'flag' ? !(asked.name in draft.values) : isEmpty(valueOf(asked.name))),
    );
    setMissing(
      Object.fromEntries(
        lacking.map(({ asked }) => [asked.name, t('record.needed', { field: label(asked.name) })]),
      ),
    );
    if (lacking[0]) return lacking[0].asked.name;
    const values = Object.fromEntries(
      fields
        .filter(({ asked }) => !asked.readonly)
        .map(({ asked, field }) => [
          asked.name,
          valueOf(asked.name) ?? (field.kind === 'flag' ? false : null),
        ]),
    );
    try {
      await complete.mutateAsync({ fields: values, vote });
      draft.clear();
      tell(t('record.step_done', { step: stepName(kind, detail) }));
      return null;
    } catch (error) {
      return Object.keys(faultsByField(error))[0] ?? null;
    }
  };
  const faults = { ...faultsByField(complete.error), ...missing };
  return { fields, valueOf, label, send, faults, draft, complete };
}

function StepForm(props: StepProps & { detail: TaskDetail }) {
  const stepName = useStepName();
  const { kind, record, task, detail } = props;
  const { t } = useTranslation();
  const step = useStep(props, detail);
  const form = useRef<HTMLFormElement>(null);
  const submit = async (event?: FormEvent, vote: Vote | undefined = detail.votes ? 'approve' : undefined) => {
    event?.preventDefault();
    const first = await step.send(vote);
    if (first) document.getElementById(`step-${first}`)?.focus();
  };
  useKeys({ 'Ctrl+Enter': () => void submit() });
  return (
    <form ref={form} className="form" onSubmit={(event) => void submit(event)} noValidate>
      <Refusal error={step.complete.error} known={step.fields.map(({ asked }) => asked.name)} />
      {step.fields.map(({ asked, field, required }) => (
        <StepField
          key={asked.name}
          id={`step-${asked.name}`}
          kind={kind}
          field={{ ...field, required }}
          readonly={asked.readonly ?? false}
          schema={detail.form.schema?.properties[asked.name]}
          hint={asked.hint}
          fault={step.faults[asked.name]}
          value={field.kind === 'flag' && required ? step.draft.values[asked.name] : step.valueOf(asked.name)}
          labels={detail.labels ?? record.labels}
          onChange={(value) => step.draft.set(asked.name, value)}
        />
      ))}
      <div className="form-foot">
        <Button type="primary" htmlType="submit" size="large" block loading={step.complete.isPending}>
          {detail.votes
            ? t('record.approve')
            : wordOr(
                detail.form.action,
                detail.form.action || t('record.complete', { step: stepName(kind, task) }),
              )}
        </Button>
        {detail.votes && (
          <Button
            danger
            size="large"
            block
            disabled={step.complete.isPending}
            onClick={() => void submit(undefined, 'reject')}
          >
            {t('record.reject')}
          </Button>
        )}
        {step.draft.found && (
          <p className="faint draft-note">
            {t('record.draft_kept')}{' '}
            <button type="button" className="text-button" onClick={step.draft.clear}>
              {t('record.draft_discard')}
            </button>
          </p>
        )}
      </div>
      <Leaving active={step.draft.touched && !step.complete.isPending} onDiscard={step.draft.clear} />
    </form>
  );
}

function Waiting({ kind, plural, record, task }: StepProps) {
  const stepName = useStepName();
  const { t } = useTranslation();
  const { claim } = useTaskActions(plural, record.id, task.id);
  const who = task.assignee ? (record.labels?.[task.assignee] ?? task.labels?.[task.assignee]) : null;
  return (
    <div className="form" data-kind={kind}>
      <p>
        {who
          ? t('record.waits_for', { who, role: wordOr(`role.${task.role}`, task.role) })
          : t('record.waits_for_role', { role: wordOr(`role.${task.role}`, task.role) })}
      </p>
      <Refusal error={claim.error} />
      {task.claimable && (
        <Button type="primary" size="large" block loading={claim.isPending} onClick={() => claim.mutate()}>
          {t('record.claim', { step: stepName(kind, task) })}
        </Button>
      )}
    </div>
  );
}

/** The panel beside a record: the form when the step is ours, else whose step it is. */
export function StepPanel(props: StepProps) {
  const stepName = useStepName();
  const { kind, plural, record, task } = props;
  const { t } = useTranslation();
  const me = useSession().person.id;
  const mine = task.assignee === me;
  const detail = useTask(mine ? task.id : undefined);
  const { release } = useTaskActions(plural, record.id, task.id);
  return (
    <Panel
      className="step"
      title={
        <>
          <span className="step-kicker">{t('record.next_step')}</span>
          {stepName(kind, task)}
        </>
      }
      extra={
        mine && (
          <Button size="small" type="text" onClick={() => release.mutate()}>
            {t('record.release')}
          </Button>
        )
      }
    >
      {task.due_at && (
        <p className="step-due muted" title={formatInstant(task.due_at)}>
          {t('record.due')} <span className="figures">{formatInstant(task.due_at)}</span> ·{' '}
          <Due at={task.due_at} />
        </p>
      )}
      {mine ? (
        <Loaded query={detail}>{(data) => <StepForm key={task.id} {...props} detail={data} />}</Loaded>
      ) : (
        <Waiting {...props} />
      )}
      <StepVerbs kind={kind} plural={plural} record={record.id} task={task} verbs={verbsOf(task, mine)} />
    </Panel>
  );
}
