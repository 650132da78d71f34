// The form of a step as whoever does it will see it. What is typed here goes nowhere.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModule } from '@/api/records';
import { StepField } from '@/record/step_field';
import { fieldOf } from '@/record/input';
import { propertiesOf, valuesOf, type FormLine } from './step_form';

interface PreviewProps {
  kind: string;
  lines: FormLine[];
}

export function FormPreview({ kind, lines }: PreviewProps) {
  const { t } = useTranslation();
  const module = useModule(kind);
  const [values, setValues] = useState<Record<string, unknown>>({});
  if (lines.length === 0) return null;
  const properties = propertiesOf(valuesOf(lines).schema);
  return (
    <details className="form-preview">
      <summary>{t('process.form_preview')}</summary>
      <div className="form">
        {lines.map(({ name, required, readonly }) => {
          const described = module?.fields.find((field) => field.name === name);
          return (
            <StepField
              key={name}
              id={`preview-${name}`}
              kind={kind}
              field={{ ...fieldOf(name, described, undefined), required }}
              readonly={readonly}
              schema={properties[name]}
              value={values[name] ?? null}
              onChange={(value) => setValues((now) => ({ ...now, [name]: value }))}
            />
          );
        })}
      </div>
    </details>
  );
}
