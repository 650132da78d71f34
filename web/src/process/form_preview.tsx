// The form of a step as whoever does it will see it. What is typed here goes nowhere.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModule } from '@/api/records';
import { Frame } from '@/record/frame';
import { FieldInput, fieldOf } from '@/record/input';
import { fieldWord } from '@/record/words_of';

interface PreviewProps {
  kind: string;
  fields: string[];
  required: string[];
}

export function FormPreview({ kind, fields, required }: PreviewProps) {
  const { t } = useTranslation();
  const module = useModule(kind);
  const [values, setValues] = useState<Record<string, unknown>>({});
  if (fields.length === 0) return null;
  return (
    <details className="form-preview">
      <summary>{t('process.form_preview')}</summary>
      <div className="form">
        {fields.map((name) => {
          const described = module?.fields.find((field) => field.name === name);
          const field = { ...fieldOf(name, described, undefined), required: required.includes(name) };
          const id = `preview-${name}`;
          return (
            <Frame key={name} id={id} label={fieldWord(kind, name)} required={field.required}>
              <FieldInput
                id={id}
                kind={kind}
                field={field}
                value={values[name] ?? null}
                describedBy={`${id}-note`}
                onChange={(value) => setValues((now) => ({ ...now, [name]: value }))}
              />
            </Frame>
          );
        })}
      </div>
    </details>
  );
}
