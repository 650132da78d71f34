// Records in bulk from a file: chosen, checked line by line by the server, then brought in whole or not at all.
import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { importRecords, readFamily, useModule, useModules, useRenewRecord } from '@/api/records';
import type { ImportReport, ModuleDescription } from '@/api/types';
import { Empty, ErrorFace, Skeleton } from '@/kit/faces';
import { ShapeMark } from '@/kit/marks';
import { PageHead, Panel } from '@/kit/panel';
import { choiceWord } from './looks';
import { pluralOf, titleOf } from './naming';
import { Refusal } from './refusal';
import {
  idsByTitle,
  readCsv,
  readJson,
  resolveNames,
  sheetOf,
  templateOf,
  type Sheet,
  type SheetWords,
} from './sheet';
import { fieldWord } from './words_of';

interface ImportProps {
  kind: string;
  plural: string;
  fields: string[];
}

interface Checked {
  file: string;
  sheet: Sheet;
  body: string;
  report: ImportReport;
}

const most_shown = 100;

function useSheetWords(kind: string): SheetWords {
  const { t } = useTranslation();
  return {
    field: (name) => fieldWord(kind, name),
    choice: (field, choice) => choiceWord(kind, field, choice),
    yes: [t('kit.yes')],
    no: [t('kit.no')],
  };
}

/** The families the file refers to, by title. */
async function namesFor(sheet: Sheet, module: ModuleDescription, modules: ModuleDescription[]) {
  const known = new Map<string, Map<string, string>>();
  for (const field of module.fields) {
    const { target, name } = field;
    if (!target || known.has(target) || !sheet.records.some((record) => record[name] !== undefined)) continue;
    const records = await readFamily(pluralOf(modules, target));
    known.set(target, idsByTitle(records.map((record) => ({ id: record.id, title: titleOf(record) }))));
  }
  return known;
}

function useImport({ kind, plural }: ImportProps, module: ModuleDescription) {
  const words = useSheetWords(kind);
  const modules = useModules().data ?? [];
  const renew = useRenewRecord();
  const [checked, setChecked] = useState<Checked | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const during = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    await work().catch(setError);
    setBusy(false);
  };
  const check = (file: File) =>
    during(async () => {
      setChecked(null);
      const text = await file.text();
      const json = /\.(json|jsonl|ndjson)$/i.test(file.name);
      const sheet = json ? readJson(text) : sheetOf(readCsv(text), module, words);
      const records = resolveNames(sheet.records, module.fields, await namesFor(sheet, module, modules));
      const body = records.map((record) => JSON.stringify(record)).join('\n');
      const report =
        records.length === 0
          ? { accepted: 0, checked: 0, errors: [] }
          : await importRecords(plural, body, true);
      setChecked({ file: file.name, sheet, body, report });
    });
  const bring = (body: string) =>
    during(async () => {
      const report = await importRecords(plural, body, false);
      setDone(report.accepted);
      setChecked(null);
      await renew(plural);
    });
  return { words, checked, done, busy, error, check, bring, again: () => setDone(null) };
}

function shownValue(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function Faults({ checked, kind }: { checked: Checked; kind: string }) {
  const { t } = useTranslation();
  const { report, sheet } = checked;
  return (
    <div className="scroll-x">
      <table className="table table-plain">
        <thead>
          <tr>
            <th scope="col">{t('record.import_line')}</th>
            <th scope="col">{t('record.import_field')}</th>
            <th scope="col">{t('record.import_value')}</th>
            <th scope="col">{t('record.import_fault')}</th>
          </tr>
        </thead>
        <tbody>
          {report.errors.slice(0, most_shown).map((fault, at) => {
            const name = fault.pointer.replace(/^\//, '').split('/')[0] ?? '';
            return (
              <tr key={at}>
                <td className="figures">{sheet.lines[fault.line - 1] ?? fault.line}</td>
                <td>{name ? fieldWord(kind, name) : '–'}</td>
                <td>{shownValue(sheet.records[fault.line - 1]?.[name])}</td>
                <td>{fault.detail}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {report.errors.length > most_shown && (
        <p className="muted">{t('record.import_more', { n: report.errors.length - most_shown })}</p>
      )}
    </div>
  );
}

function Verdict({
  checked,
  kind,
  busy,
  onBring,
}: {
  checked: Checked;
  kind: string;
  busy: boolean;
  onBring: () => void;
}) {
  const { t } = useTranslation();
  const { report, sheet } = checked;
  const what = t(`${kind}.many`);
  const wrong = new Set(report.errors.map((fault) => fault.line)).size;
  if (sheet.records.length === 0)
    return <Empty title={t('record.import_empty')} hint={t('record.import_empty_hint')} />;
  return (
    <Panel title={checked.file}>
      <div className="form">
        {sheet.unknown.length > 0 && (
          <p className="muted">{t('record.import_unknown', { heads: sheet.unknown.join(t('kit.comma')) })}</p>
        )}
        <p role="status" className="import-verdict">
          <ShapeMark shape={wrong ? 'cross' : 'tick'} tone={wrong ? 'red' : 'green'} />{' '}
          {wrong
            ? t('record.import_wrong', { n: sheet.records.length, wrong })
            : t('record.import_right', { n: sheet.records.length, what })}
        </p>
        {wrong > 0 && <Faults checked={checked} kind={kind} />}
        {wrong === 0 && (
          <div className="form-row">
            <Button type="primary" loading={busy} onClick={onBring}>
              {t('record.import_do', { n: sheet.records.length, what })}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Steps(props: ImportProps & { module: ModuleDescription }) {
  const { kind, plural, fields, module } = props;
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { words, checked, done, busy, error, check, bring, again } = useImport(props, module);
  const what = t(`${kind}.many`);
  if (done !== null)
    return (
      <div className="face" role="status">
        <ShapeMark shape="tick" tone="green" />
        <p className="face-title">{t('record.imported', { n: done, what })}</p>
        <div className="face-action">
          <Link to={`/${plural}`} className="button-link">
            {t('record.import_see', { what })}
          </Link>
          <Button type="text" onClick={again}>
            {t('record.import_again')}
          </Button>
        </div>
      </div>
    );
  return (
    <>
      <Panel>
        <div className="form">
          <p>{t('record.import_how')}</p>
          <div className="form-row">
            <input
              ref={input}
              type="file"
              hidden
              aria-label={t('record.import_choose')}
              accept=".csv,.tsv,.json,.jsonl,.ndjson,text/csv,application/json"
              onChange={(event) => {
                const file = event.target.files?.[0];
                event.target.value = '';
                if (file) void check(file);
              }}
            />
            <Button
              type={checked ? 'default' : 'primary'}
              icon={<UploadOutlined />}
              loading={busy && !checked}
              onClick={() => input.current?.click()}
            >
              {t(checked ? 'record.import_other' : 'record.import_choose')}
            </Button>
            <Button
              type="text"
              icon={<DownloadOutlined />}
              href={`data:text/csv;charset=utf-8,${encodeURIComponent(templateOf(module, fields, words))}`}
              download={`${plural}.csv`}
            >
              {t('record.import_template')}
            </Button>
          </div>
          <Refusal error={error} />
        </div>
      </Panel>
      {checked && (
        <Verdict checked={checked} kind={kind} busy={busy} onBring={() => void bring(checked.body)} />
      )}
    </>
  );
}

export function ImportRecords(props: ImportProps) {
  const { t } = useTranslation();
  const modules = useModules();
  const module = useModule(props.kind);
  return (
    <div className="page page-narrow">
      <p className="record-path">
        <Link to={`/${props.plural}`}>{t(`${props.kind}.many`)}</Link> <span aria-hidden="true">/</span>
      </p>
      <PageHead title={t('record.import_title', { what: t(`${props.kind}.many`) })} />
      {module ? (
        <Steps {...props} module={module} />
      ) : modules.isError ? (
        <ErrorFace error={modules.error} retry={() => void modules.refetch()} />
      ) : (
        <Skeleton lines={6} />
      )}
    </div>
  );
}
