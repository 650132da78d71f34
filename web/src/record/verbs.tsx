// What can be done with an open step beside finishing it: send it back, give it away, lend it, ask others to
// sign, press for it, show it to others. Each asks in a dialog for what it needs.
import { Button, Radio } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsByField } from '@/api/client';
import { useMay } from '@/api/session';
import { useEarlierSteps, useStepVerb, type StepVerb } from '@/api/tasks';
import type { ModuleField, Task } from '@/api/types';
import { Dialog } from '@/kit/dialog';
import { Loaded } from '@/kit/faces';
import { tell } from '@/kit/toast';
import { stepName } from './actions';
import { Frame } from './frame';
import { FieldInput } from './input';
import { Refusal } from './refusal';

const note: ModuleField = { name: 'note', kind: 'line', required: false };
const person: ModuleField = { name: 'person', kind: 'reference', target: 'person', required: true };
const people: ModuleField = { name: 'people', kind: 'references', target: 'person', required: true };
const place: ModuleField = {
  name: 'place',
  kind: 'choice',
  required: true,
  choices: ['before', 'beside', 'after'],
};
const way: ModuleField = { name: 'return', kind: 'choice', required: true, choices: ['steps', 'straight'] };
const reason: ModuleField = { name: 'reason', kind: 'line', required: true };

const asked: Record<StepVerb, ModuleField[]> = {
  'send-back': [way, reason],
  'hand-over': [person, note],
  delegate: [person, note],
  'add-sign': [place, people],
  'remove-sign': [],
  copy: [people, note],
  urge: [note],
  withdraw: [],
};

const begun: Partial<Record<StepVerb, Record<string, unknown>>> = {
  'send-back': { return: 'steps' },
  'add-sign': { place: 'before' },
};

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Which verbs to offer; what a person may not do all the same, the server says. */
export function verbsOf(task: Task, mine: boolean): StepVerb[] {
  if (mine) return ['send-back', 'hand-over', 'delegate', 'add-sign', 'copy'];
  return task.place ? ['urge', 'copy', 'remove-sign'] : ['urge', 'copy'];
}

interface VerbProps {
  kind: string;
  plural: string;
  record: string;
  task: Task;
}

/** The steps to go back to, the latest first. */
function EarlierSteps({
  kind,
  task,
  value,
  onChange,
}: VerbProps & { value: unknown; onChange: (value: unknown) => void }) {
  const { t } = useTranslation();
  const steps = useEarlierSteps(task.id);
  return (
    <Loaded
      query={steps}
      lines={2}
      isEmpty={(data) => data.items.length === 0}
      empty={<p className="muted">{t('verb.no_earlier')}</p>}
    >
      {(data) => (
        <Radio.Group
          id="verb-element"
          aria-labelledby="verb-element-label"
          value={value ?? null}
          options={data.items.map((step) => ({ value: step.element, label: stepName(kind, step) }))}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Loaded>
  );
}

function VerbDialog({ verb, onClose, ...props }: VerbProps & { verb: StepVerb; onClose: () => void }) {
  const { kind, plural, record, task } = props;
  const { t } = useTranslation();
  const act = useStepVerb(plural, record, task.id, verb);
  const [values, setValues] = useState<Record<string, unknown>>(begun[verb] ?? {});
  const [missing, setMissing] = useState<Record<string, string>>({});
  const set = (name: string, value: unknown) => setValues((now) => ({ ...now, [name]: value }));
  const fields = verb === 'send-back' ? ['element', ...asked[verb].map((field) => field.name)] : [];
  const faults: Record<string, string> = { ...faultsByField(act.error), ...missing };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const needed = [
      ...(verb === 'send-back' ? ['element'] : []),
      ...asked[verb].filter((field) => field.required).map((field) => field.name),
    ];
    const lacking = needed.filter((name) => isEmpty(values[name]));
    setMissing(
      Object.fromEntries(
        lacking.map((name) => [name, t('record.needed', { field: t(`verb.field.${name}`) })]),
      ),
    );
    if (lacking.length > 0) return;
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
    act.mutate(given, {
      onSuccess: () => {
        tell(t(`verb.done.${verb}`, { step: stepName(kind, task) }));
        onClose();
      },
    });
  };
  return (
    <Dialog title={t(`verb.${verb}`)} open onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <p className="muted">{t(`verb.lead.${verb}`)}</p>
        <Refusal error={act.error} known={[...fields, ...asked[verb].map((field) => field.name)]} />
        {verb === 'send-back' && (
          <Frame id="verb-element" label={t('verb.field.element')} required fault={faults.element}>
            <EarlierSteps {...props} value={values.element} onChange={(value) => set('element', value)} />
          </Frame>
        )}
        {asked[verb].map((field) => (
          <Frame
            key={field.name}
            id={`verb-${field.name}`}
            label={t(`verb.field.${field.name}`)}
            required={field.required}
            fault={faults[field.name]}
          >
            <FieldInput
              id={`verb-${field.name}`}
              kind="verb"
              field={field}
              value={values[field.name]}
              invalid={Boolean(faults[field.name])}
              describedBy={`verb-${field.name}-note`}
              onChange={(value) => set(field.name, value)}
            />
          </Frame>
        ))}
        <div className="form-foot">
          <Button
            type="primary"
            htmlType="submit"
            block
            danger={verb === 'send-back' || verb === 'remove-sign' || verb === 'withdraw'}
            loading={act.isPending}
          >
            {t(`verb.${verb}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A row of buttons under a step, one for each verb. */
export function StepVerbs({ verbs, ...props }: VerbProps & { verbs: StepVerb[] }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<StepVerb | null>(null);
  if (!may('task.work') || verbs.length === 0) return null;
  return (
    <div className="step-verbs" role="group" aria-label={t('verb.more')}>
      {verbs.map((verb) => (
        <Button key={verb} size="small" onClick={() => setOpen(verb)}>
          {t(`verb.${verb}`)}
        </Button>
      ))}
      {open && <VerbDialog key={open} {...props} verb={open} onClose={() => setOpen(null)} />}
    </div>
  );
}
