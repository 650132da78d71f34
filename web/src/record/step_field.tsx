// One field of a step's form, with what its schema says of it: word, hint, fewer choices.
import type { FieldSchema, Labels, ModuleField, RecordData } from '@/api/types';
import { wordOr } from '@/kit/words';
import { Frame } from './frame';
import { FieldInput } from './input';
import { FieldValue } from './value';
import { fieldWord } from './words_of';

interface StepFieldProps {
  id: string;
  kind: string;
  field: ModuleField;
  readonly: boolean;
  schema: FieldSchema | undefined;
  value: unknown;
  hint?: string;
  fault?: string;
  labels?: Labels;
  onChange: (value: unknown) => void;
}

/** The schema's title is a text or the key of a word; without one the field's own word. */
export function stepWord(kind: string, name: string, schema: FieldSchema | undefined): string {
  return schema?.title ? wordOr(schema.title, schema.title) : fieldWord(kind, name);
}

export function StepField({
  id,
  kind,
  field,
  readonly,
  schema,
  value,
  hint,
  fault,
  labels,
  onChange,
}: StepFieldProps) {
  const few = schema?.enum?.filter((choice): choice is string => choice !== null);
  const choices = few ? field.choices?.filter((choice) => few.includes(choice)) : field.choices;
  return (
    <Frame
      id={id}
      label={stepWord(kind, field.name, schema)}
      required={field.required || readonly}
      hint={hint ?? schema?.description}
      fault={fault}
    >
      {readonly ? (
        <span id={id}>
          <FieldValue
            kind={kind}
            field={field}
            record={{ [field.name]: value } as RecordData}
            labels={labels}
          />
        </span>
      ) : (
        <FieldInput
          id={id}
          kind={kind}
          field={{ ...field, choices }}
          value={value}
          labels={labels}
          invalid={Boolean(fault)}
          describedBy={`${id}-note`}
          onChange={onChange}
        />
      )}
    </Frame>
  );
}
