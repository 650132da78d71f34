// Taking running processes to another version: which step becomes which, what begins to wait anew, who cannot
// go and why, then all of them with a progress to watch.
import { Button, Select } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import {
  checkMigration,
  useActivity,
  useNaming,
  useProcesses,
  useProcessXml,
  useStartBatch,
  type ElementMapping,
} from '@/api/processes';
import type { ProcessSummary } from '@/api/process_types';
import { Empty, Loaded } from '@/kit/faces';
import { ShapeMark } from '@/kit/marks';
import { PageHead, Panel } from '@/kit/panel';
import { wordOr } from '@/kit/words';
import { Refusal } from '@/record/refusal';
import { elementsOf, type DrawnElement } from './drawing';
import { MigrateEvents } from './migrate_events';
import { MigrateVerdict } from './migrate_verdict';
import { keptEvents } from './waiting_events';
import './running.css';

const typeWord = (type: string) =>
  wordOr(`process.type.${type.charAt(0).toUpperCase()}${type.slice(1)}`, type);

interface MappingProps {
  key_: string;
  from: DrawnElement[];
  to: DrawnElement[];
  open: Map<string, number>;
  mapping: ElementMapping;
  onChange: (mapping: ElementMapping) => void;
}

/** A line for each element that the new version lacks; the others stay what they are. */
function Mapping({ key_, from, to, open, mapping, onChange }: MappingProps) {
  const { t } = useTranslation();
  const naming = useNaming();
  const [every, setEvery] = useState(false);
  const name = (element: DrawnElement) => naming(`${key_}.${element.id}`, element.name || element.id);
  const kept = new Set(to.map((element) => element.id));
  const gone = from.filter((element) => !kept.has(element.id));
  const shown = every ? from : gone;
  return (
    <>
      {shown.length === 0 && (
        <p role="status">
          <ShapeMark shape="tick" tone="green" /> {t('migrate.nothing_to_map')}
        </p>
      )}
      {shown.length > 0 && (
        <table className="table-plain">
          <thead>
            <tr>
              <th scope="col">{t('migrate.step')}</th>
              <th scope="col">{t('migrate.waiting')}</th>
              <th scope="col">{t('migrate.becomes')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((element) => (
              <tr key={element.id}>
                <td>
                  {name(element)} <span className="faint">{typeWord(element.type)}</span>
                </td>
                <td className="figures">{open.get(element.id) ?? 0}</td>
                <td>
                  <Select
                    id={`migrate-${element.id}`}
                    className="running-version"
                    aria-label={t('migrate.becomes_of', { step: name(element) })}
                    placeholder={t('migrate.not_mapped')}
                    allowClear={!kept.has(element.id)}
                    value={mapping[element.id] ?? (kept.has(element.id) ? element.id : undefined)}
                    onChange={(value?: string) => {
                      const next = { ...mapping };
                      delete next[element.id];
                      if (value && value !== element.id) next[element.id] = value;
                      onChange(next);
                    }}
                    options={to
                      .filter((other) => other.type === element.type)
                      .map((other) => ({ value: other.id, label: name(other) }))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <button type="button" className="text-button" onClick={() => setEvery(!every)}>
        {every ? t('migrate.only_gone') : t('migrate.every_step')}
      </button>
    </>
  );
}

interface PlanProps {
  from: ProcessSummary;
  to: ProcessSummary;
  before: string;
  after: string;
}

function Plan({ from, to, before, after }: PlanProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [mapping, setMapping] = useState<ElementMapping>({});
  const [renewed, setRenewed] = useState<string[]>([]);
  const events = useMemo(() => keptEvents(before, after, mapping), [before, after, mapping]);
  const plan = {
    definition: to.id,
    mapping,
    renewed: renewed.filter((id) => events.some((event) => event.after.id === id)),
  };
  const activity = useActivity(from.id, 30);
  const start = useStartBatch();
  const check = useMutation({
    mutationFn: () => checkMigration({ from: from.id, ...plan }),
  });
  const [old, now] = useMemo(() => [elementsOf(before), elementsOf(after)], [before, after]);
  const open = new Map((activity.data?.steps ?? []).map((step) => [step.element, step.open]));
  const running = activity.data?.running ?? 0;
  const go = () =>
    start.mutate(
      { kind: 'migrate', of: from.id, ...plan },
      { onSuccess: () => void navigate('/admin/processes/running?tab=batches') },
    );
  return (
    <>
      <Panel title={t('migrate.mapping')}>
        <p className="muted">{t('migrate.mapping_lead', { n: running })}</p>
        <Mapping
          key_={from.key}
          from={old}
          to={now}
          open={open}
          mapping={mapping}
          onChange={(next) => {
            setMapping(next);
            check.reset();
          }}
        />
      </Panel>
      <MigrateEvents
        key_={to.key}
        events={events}
        steps={now}
        renewed={plan.renewed}
        onChange={(next) => {
          setRenewed(next);
          check.reset();
        }}
      />
      <Panel title={t('migrate.check')}>
        <p className="muted">{t('migrate.check_lead')}</p>
        <Refusal error={check.error ?? start.error} />
        {check.data && <MigrateVerdict from={from.id} check={check.data} />}
        <div className="running-bar">
          <Button loading={check.isPending} onClick={() => check.mutate()}>
            {t('migrate.check')}
          </Button>
          <Button type="primary" disabled={!check.data} loading={start.isPending} onClick={go}>
            {t('migrate.go')}
          </Button>
        </div>
      </Panel>
    </>
  );
}

function Both({ from, to }: { from: ProcessSummary; to: ProcessSummary }) {
  const after = useProcessXml(to.id);
  return (
    <Loaded query={useProcessXml(from.id)}>
      {(before) => (
        <Loaded query={after}>
          {(now) => <Plan key={to.id} from={from} to={to} before={before} after={now} />}
        </Loaded>
      )}
    </Loaded>
  );
}

export default function Migrate() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  return (
    <div className="page">
      <p className="record-path">
        <Link to="/admin/processes">{t('shell.processes')}</Link> <span aria-hidden="true">/</span>{' '}
        <Link to="/admin/processes/running">{t('running.title')}</Link> <span aria-hidden="true">/</span>
      </p>
      <PageHead title={t('migrate.title')} lead={t('migrate.lead')} />
      <Loaded query={useProcesses()}>
        {({ items }) => {
          const from = items.find((one) => one.id === params.get('from'));
          const others = items.filter((one) => one.key === from?.key && one.id !== from.id);
          if (!from || others.length === 0)
            return <Empty title={t('migrate.no_other')} hint={t('migrate.no_other_hint')} />;
          const to =
            others.find((one) => one.id === params.get('to')) ??
            others.find((one) => one.active) ??
            others[0]!;
          return (
            <>
              <div className="running-bar">
                <span>{t('migrate.from_version', { version: from.version })}</span>
                <span>{t('migrate.to_version')}</span>
                <Select
                  id="migrate-to"
                  aria-label={t('migrate.to_version')}
                  value={to.id}
                  onChange={(value) => setParams({ from: from.id, to: value }, { replace: true })}
                  options={others.map((one) => ({
                    value: one.id,
                    label: t('process.version', { version: one.version }),
                  }))}
                />
                <Link to={`/admin/processes/compare?from=${from.id}&to=${to.id}`}>
                  {t('process.compare')}
                </Link>
              </div>
              <Both from={from} to={to} />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
