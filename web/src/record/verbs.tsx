// What can be done with an open step beside finishing it: send it back, give it away, lend it, ask others to
// sign, press for it, show it to others. Each asks in a dialog for what it needs.
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/session';
import { useEarlierSteps, useStepVerb, type StepVerb } from '@/api/tasks';
import type { ModuleField, Task } from '@/api/types';
import { Loaded } from '@/kit/faces';
import { useStepName } from './actions';
import { Ask, type AskedField } from './ask';

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
  const stepName = useStepName();
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

const dangerous: StepVerb[] = ['send-back', 'remove-sign', 'withdraw'];

function VerbDialog({ verb, onClose, ...props }: VerbProps & { verb: StepVerb; onClose: () => void }) {
  const stepName = useStepName();
  const { kind, plural, record, task } = props;
  const { t } = useTranslation();
  const act = useStepVerb(plural, record, task.id, verb);
  const earlier: AskedField = {
    name: 'element',
    kind: 'choice',
    required: true,
    render: (value, onChange) => <EarlierSteps {...props} value={value} onChange={onChange} />,
  };
  return (
    <Ask
      name="verb"
      title={t(`verb.${verb}`)}
      lead={t(`verb.lead.${verb}`)}
      done={t(`verb.done.${verb}`, { step: stepName(kind, task) })}
      fields={verb === 'send-back' ? [earlier, ...asked[verb]] : asked[verb]}
      label={(field) => t(`verb.field.${field}`)}
      begun={begun[verb]}
      danger={dangerous.includes(verb)}
      act={act}
      onClose={onClose}
    />
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
