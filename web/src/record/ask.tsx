// A dialog that asks for a few fields and then does one thing: what is missing or refused stands at its field.
import { Button } from 'antd';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsByField } from '@/api/client';
import type { ModuleField } from '@/api/types';
import { Dialog } from '@/kit/dialog';
import { tell } from '@/kit/toast';
import { Frame } from './frame';
import { FieldInput } from './input';
import { Refusal } from './refusal';

type Values = Record<string, unknown>;

/** A field, and how it is asked for when no usual input serves. */
export interface AskedField extends ModuleField {
  render?: (value: unknown, onChange: (value: unknown) => void) => ReactNode;
}

interface AskProps {
  /** Begins the ids of its inputs, and the words of its choices. */
  name: string;
  title: string;
  lead?: string;
  done: string;
  fields: AskedField[];
  label: (field: string) => string;
  begun?: Values;
  danger?: boolean;
  act: UseMutationResult<unknown, Error, Values>;
  onClose: () => void;
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

export function Ask({ name, title, lead, done, fields, label, begun, danger, act, onClose }: AskProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Values>(begun ?? {});
  const [missing, setMissing] = useState<Record<string, string>>({});
  const faults: Record<string, string> = { ...faultsByField(act.error), ...missing };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacking = fields.filter((field) => field.required && isEmpty(values[field.name]));
    setMissing(
      Object.fromEntries(
        lacking.map((field) => [field.name, t('record.needed', { field: label(field.name) })]),
      ),
    );
    if (lacking.length > 0) return;
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
    act.mutate(given, {
      onSuccess: () => {
        tell(done);
        onClose();
      },
    });
  };
  return (
    <Dialog title={title} open onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        {lead && <p className="muted">{lead}</p>}
        <Refusal error={act.error} known={fields.map((field) => field.name)} />
        {fields.map((field) => {
          const id = `${name}-${field.name}`;
          const change = (value: unknown) => setValues((now) => ({ ...now, [field.name]: value }));
          return (
            <Frame
              key={field.name}
              id={id}
              label={label(field.name)}
              required={field.required}
              fault={faults[field.name]}
            >
              {field.render?.(values[field.name], change) ?? (
                <FieldInput
                  id={id}
                  kind={name}
                  field={field}
                  value={values[field.name]}
                  invalid={Boolean(faults[field.name])}
                  describedBy={`${id}-note`}
                  onChange={change}
                />
              )}
            </Frame>
          );
        })}
        <div className="form-foot">
          <Button type="primary" htmlType="submit" block danger={danger} loading={act.isPending}>
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
