// Fields of a record in named groups; the pencil appears only where the family may be edited outside a step.
import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsByField } from '@/api/client';
import { useModule, usePatchRecord } from '@/api/records';
import type { ModuleField, RecordData } from '@/api/types';
import { Panel } from '@/kit/panel';
import { Frame } from './frame';
import { FieldInput } from './input';
import { Refusal } from './refusal';
import { FieldValue } from './value';
import { fieldWord } from './words_of';

export interface Group {
  /** Word key of the group's title. */
  title: string;
  fields: string[];
}

interface GroupProps {
  kind: string;
  plural: string;
  record: RecordData;
  group: Group;
  editable: boolean;
  /** Leaves out what nobody has filled in yet. */
  terse?: boolean;
}

function EditGroup({
  kind,
  plural,
  record,
  fields,
  onDone,
}: Omit<GroupProps, 'group' | 'editable'> & { fields: ModuleField[]; onDone: () => void }) {
  const { t } = useTranslation();
  const save = usePatchRecord(plural, record.id);
  const [values, setValues] = useState<Record<string, unknown>>({});
  const faults = faultsByField(save.error);
  const submit = () => save.mutate({ fields: values, version: record.version }, { onSuccess: onDone });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Refusal error={save.error} known={fields.map((field) => field.name)} />
      {fields.map((field) => (
        <Frame
          key={field.name}
          id={`edit-${field.name}`}
          label={fieldWord(kind, field.name)}
          required={field.required}
          fault={faults[field.name]}
        >
          <FieldInput
            id={`edit-${field.name}`}
            kind={kind}
            field={field}
            labels={record.labels}
            value={field.name in values ? values[field.name] : record[field.name]}
            invalid={Boolean(faults[field.name])}
            describedBy={`edit-${field.name}-note`}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        </Frame>
      ))}
      <div className="form-row">
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={Object.keys(values).length === 0}
        >
          {t('record.save')}
        </Button>
        <Button onClick={onDone}>{t('kit.cancel')}</Button>
      </div>
    </form>
  );
}

export function FieldGroup(props: GroupProps) {
  const { kind, record, group, editable, terse } = props;
  const { t } = useTranslation();
  const module = useModule(kind);
  const [editing, setEditing] = useState(false);
  const filled = (name: string) => {
    const value = record[name];
    return (
      value !== null &&
      value !== undefined &&
      value !== '' &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0)
    );
  };
  const fields = group.fields.flatMap((name) => module?.fields.find((field) => field.name === name) ?? []);
  const shown = terse ? fields.filter((field) => filled(field.name)) : fields;
  const changeable = fields.filter((field) => field.editable !== false);
  if (shown.length === 0 && !editing) return null;
  return (
    <Panel
      title={t(group.title)}
      extra={
        editable &&
        !editing &&
        changeable.length > 0 && (
          <Button size="small" type="text" icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {t('record.edit')}
          </Button>
        )
      }
    >
      {editing ? (
        <EditGroup {...props} fields={changeable} onDone={() => setEditing(false)} />
      ) : (
        <dl className="fields">
          {shown.map((field) => (
            <div key={field.name} className={field.kind === 'prose' ? 'field field-wide' : 'field'}>
              <dt>{fieldWord(kind, field.name)}</dt>
              <dd>
                <FieldValue kind={kind} field={field} record={record} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
