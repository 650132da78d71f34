// Reporting a fault in under a minute, on a phone, in one's own words. Only the first line is needed.
import { CameraOutlined, CheckCircleOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { faultsByField, upload } from '@/api/client';
import { path, useCreateRecord, useModule } from '@/api/records';
import { useSession } from '@/api/session';
import type { ModuleField, RecordData } from '@/api/types';
import { PageHead } from '@/kit/panel';
import { tell } from '@/kit/toast';
import { useDraft } from '@/record/draft';
import { Frame } from '@/record/frame';
import { FieldInput } from '@/record/input';
import { Leaving } from '@/record/leaving';
import { Refusal } from '@/record/refusal';

const asked: ModuleField[] = [
  { name: 'title', kind: 'line', required: true },
  { name: 'description', kind: 'prose', required: false },
  { name: 'scope', kind: 'choice', required: true, choices: ['one_user', 'department', 'organisation'] },
  { name: 'system', kind: 'reference', required: false, target: 'system' },
  { name: 'started_at', kind: 'instant', required: true },
];

function Photos({ files, setFiles }: { files: File[]; setFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="photos">
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        multiple
        hidden
        onChange={(event) => {
          setFiles([...files, ...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button icon={<CameraOutlined />} onClick={() => input.current?.click()}>
        {t('incident.photo')}
      </Button>
      {files.map((file, index) => (
        <span key={index} className="chip">
          <span className="chip-text">{file.name}</span>
          <button
            type="button"
            className="chip-remove"
            aria-label={t('incident.photo_remove', { name: file.name })}
            onClick={() => setFiles(files.filter((_, at) => at !== index))}
          >
            ×
          </button>
        </span>
      ))}
    </div>
  );
}

function Sent({ record, again }: { record: RecordData; again: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="page page-narrow">
      <div className="face face-done" role="status">
        <CheckCircleOutlined className="done-icon" />
        <h1>{t('incident.sent', { number: record.number })}</h1>
        <p className="face-hint">{t('incident.sent_hint')}</p>
        <div className="face-action">
          <Link to={`/incidents/${record.id}`} className="button-link">
            {t('incident.follow')}
          </Link>
          <Button type="text" onClick={again}>
            {t('incident.report_another')}
          </Button>
        </div>
      </div>
    </div>
  );
}

function useReport() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const me = useSession().person.id;
  const draft = useDraft('report');
  const create = useCreateRecord('incidents');
  const [files, setFiles] = useState<File[]>([]);
  const [sent, setSent] = useState<RecordData | null>(null);
  const [missing, setMissing] = useState(false);
  const [opened] = useState(() => new Date().toISOString());
  const standard: Record<string, unknown> = {
    scope: 'one_user',
    started_at: opened,
    system: params.get('system') || null,
  };
  const valueOf = (name: string) => (name in draft.values ? draft.values[name] : (standard[name] ?? null));
  const send = async () => {
    const title = String(valueOf('title') ?? '').trim();
    setMissing(title === '');
    if (title === '') return;
    const fields = Object.fromEntries(asked.map(({ name }) => [name, valueOf(name) || null]));
    const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
    const record = await create
      .mutateAsync({ ...known, title, description: fields.description ?? '', source: 'person', reporter: me })
      .catch(() => null);
    if (!record) return;
    draft.clear();
    for (const file of files)
      await upload(path('incidents', record.id, 'attachments'), file).catch(() =>
        tell(t('incident.photo_failed', { name: file.name }), { tone: 'error' }),
      );
    setFiles([]);
    setSent(record);
  };
  return { draft, create, files, setFiles, sent, setSent, missing, valueOf, send };
}

export default function Report() {
  const { t } = useTranslation();
  const report = useReport();
  const module = useModule('incident');
  const title = useRef<{ focus: () => void } | null>(null);
  useEffect(() => {
    if (window.matchMedia('(min-width: 720px)').matches) title.current?.focus();
  }, []);
  if (report.sent) return <Sent record={report.sent} again={() => report.setSent(null)} />;
  const faults: Record<string, string> = { ...faultsByField(report.create.error) };
  if (report.missing) faults.title = t('incident.title_needed');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void report.send();
  };
  return (
    <div className="page page-narrow">
      <PageHead title={t('incident.report')} lead={t('incident.report_lead')} />
      <form className="form report-form" onSubmit={submit} noValidate>
        <Refusal error={report.create.error} known={asked.map((field) => field.name)} />
        {asked.map((standardField) => {
          const field = module?.fields.find((one) => one.name === standardField.name) ?? standardField;
          const id = `report-${field.name}`;
          const value = report.valueOf(field.name);
          const change = (next: unknown) => report.draft.set(field.name, next);
          return (
            <Frame
              key={field.name}
              id={id}
              label={t(`incident.ask_${field.name}`)}
              required={standardField.required}
              fault={faults[field.name]}
            >
              {field.name === 'title' ? (
                <Input
                  ref={(input) => {
                    title.current = input;
                  }}
                  id={id}
                  maxLength={200}
                  autoComplete="off"
                  enterKeyHint="next"
                  status={faults.title ? 'error' : undefined}
                  aria-describedby={`${id}-note`}
                  placeholder={t('incident.ask_title_example')}
                  value={(value as string | null) ?? ''}
                  onChange={(event) => change(event.target.value)}
                />
              ) : (
                <FieldInput
                  id={id}
                  kind="incident"
                  field={{ ...field, required: standardField.required }}
                  value={value}
                  invalid={Boolean(faults[field.name])}
                  describedBy={`${id}-note`}
                  onChange={change}
                />
              )}
            </Frame>
          );
        })}
        <Photos files={report.files} setFiles={report.setFiles} />
        <div className="form-foot report-foot">
          <Button type="primary" htmlType="submit" size="large" block loading={report.create.isPending}>
            {t('incident.send_report')}
          </Button>
        </div>
      </form>
      <Leaving active={report.draft.touched && !report.create.isPending} onDiscard={report.draft.clear} />
    </div>
  );
}
