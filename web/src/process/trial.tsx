// Trying a drawing out: sample data in, one step after the other, and where it stands after each. Nothing is kept.
import { ReloadOutlined, RollbackOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useNaming, useProcesses, useProcessXml, useTrial } from '@/api/processes';
import type { ProcessSummary, Trial, TrialCommand } from '@/api/process_types';
import { Empty, Loaded, Skeleton } from '@/kit/faces';
import { formatInstant } from '@/kit/format';
import { Mark } from '@/kit/marks';
import { PageHead } from '@/kit/panel';
import { Refusal } from '@/record/refusal';
import { draftOf } from './draft';
import { elementsOf } from './drawing';
import { pastOf, timeTo } from './trial_past';
import './designer.css';
import './running.css';

const DiagramView = lazy(() => import('./diagram'));

const work = ['serviceTask', 'sendTask', 'businessRuleTask', 'scriptTask'];

/** The object a text holds, or null. */
function objectIn(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

interface StepsProps {
  trial: Trial;
  name: (element: string) => string;
  /** Elements whose work can fail. */
  services: Set<string>;
  data: Record<string, unknown> | null;
  onCommand: (command: TrialCommand) => void;
}

/** What can happen next: open steps, and timers that are to come. */
function Steps({ trial, name, services, data, onCommand }: StepsProps) {
  const { t } = useTranslation();
  const last = trial.answers.at(-1);
  const failed = trial.standing.places.filter((place) => place.state === 'failed');
  if (last?.ended)
    return (
      <p role="status">
        <Mark tone="green" shape="tick">
          {t('trial.ended')}
        </Mark>
      </p>
    );
  return (
    <ul className="lines" aria-label={t('trial.next')}>
      {failed.map((place) => (
        <li key={`failed ${place.element}`}>
          <Mark tone="red" shape="cross">
            {name(place.element)}
          </Mark>
          <Button
            size="small"
            disabled={!data}
            onClick={() => onCommand({ retry: place.element, variables: data })}
          >
            {t('trial.retry')}
          </Button>
        </li>
      ))}
      {[...new Set(last?.open)].map((element) => (
        <li key={element}>
          <b>{name(element)}</b>
          <span className="row-verbs">
            <Button
              size="small"
              type="primary"
              disabled={!data}
              onClick={() => onCommand({ complete: element, variables: data })}
            >
              {t('trial.complete')}
            </Button>
            {services.has(element) && (
              <Button size="small" danger onClick={() => onCommand({ fail: element })}>
                {t('trial.fail')}
              </Button>
            )}
          </span>
        </li>
      ))}
      {trial.standing.timers.map((timer) => (
        <li key={`${timer.element} ${timer.due}`}>
          <span>
            {name(timer.element)} <span className="muted figures">{formatInstant(timer.due)}</span>
          </span>
          <Button size="small" onClick={() => onCommand({ advance: timeTo(trial.standing.now, timer.due) })}>
            {t('trial.wait')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Walk({ xml, process }: { xml: string; process: string }) {
  const { t } = useTranslation();
  const [commands, setCommands] = useState<TrialCommand[]>([]);
  const [text, setText] = useState('');
  const trial = useTrial(xml, commands);
  const naming = useNaming();
  const elements = elementsOf(xml);
  const drawn = new Map(elements.map((element) => [element.id, element.name]));
  const services = new Set(elements.filter(({ type }) => work.includes(type)).map((element) => element.id));
  const name = (element: string) => naming(`${process}.${element}`, drawn.get(element));
  const data = objectIn(text);
  const add = (command: TrialCommand) => {
    setCommands([...commands, command]);
    setText('');
  };
  const begun = commands.length > 0 ? trial.data : undefined;
  const last = begun?.answers.at(-1);
  const past = pastOf(begun?.answers ?? []);
  const places = begun?.standing.places ?? [];
  const at = (state: string) => places.filter((place) => place.state === state).map((place) => place.element);
  return (
    <div className="designer">
      <Suspense fallback={<Skeleton lines={12} />}>
        <DiagramView xml={xml} active={at('waiting')} visited={past} marks={{ failed: at('failed') }} />
      </Suspense>
      <aside className="panel designer-side" aria-label={t('trial.title')}>
        <div className="form">
          <label htmlFor="trial-data">{t('trial.data')}</label>
          <Input.TextArea
            id="trial-data"
            className="mono"
            rows={5}
            value={text}
            status={data ? undefined : 'error'}
            placeholder='{"severity": "major", "priority": "p1"}'
            aria-describedby="trial-data-note"
            onChange={(event) => setText(event.target.value)}
          />
          <p id="trial-data-note" className={data ? 'faint' : 'tone-red'}>
            {data ? t('trial.data_hint') : t('trial.data_wrong')}
          </p>
          <Refusal error={trial.error} />
          {last?.error && <p className="tone-red">{last.error}</p>}
          {begun ? (
            <Steps trial={begun} name={name} services={services} data={data} onCommand={add} />
          ) : (
            <Button type="primary" disabled={!data} onClick={() => add({ start: process, variables: data })}>
              {t('trial.start')}
            </Button>
          )}
          {commands.length > 0 && (
            <div className="designer-tools">
              <Button
                size="small"
                icon={<RollbackOutlined />}
                onClick={() => setCommands(commands.slice(0, -1))}
              >
                {t('trial.back')}
              </Button>
              <Button size="small" icon={<ReloadOutlined />} onClick={() => setCommands([])}>
                {t('trial.again')}
              </Button>
            </div>
          )}
          {last && (
            <details>
              <summary>{t('trial.variables')}</summary>
              <pre className="mono wrap">{JSON.stringify(last.variables, null, 2)}</pre>
            </details>
          )}
        </div>
      </aside>
    </div>
  );
}

function Chosen({ process }: { process: ProcessSummary }) {
  const { t } = useTranslation();
  const draft = draftOf(process.key);
  const xml = useProcessXml(draft ? '' : process.id);
  return (
    <>
      <PageHead
        title={t('trial.title')}
        lead={draft ? t('trial.of_draft') : t('trial.of_version', { version: process.version })}
      />
      {draft ? (
        <Walk xml={draft.xml} process={process.key} />
      ) : (
        <Loaded query={xml}>{(text) => <Walk xml={text} process={process.key} />}</Loaded>
      )}
    </>
  );
}

export default function TrialPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  return (
    <div className="page page-designer">
      <p className="record-path">
        <Link to="/admin/processes">{t('shell.processes')}</Link> <span aria-hidden="true">/</span>{' '}
        <Link to={`/admin/processes/design?id=${id}`}>{t('process.design')}</Link>{' '}
        <span aria-hidden="true">/</span>
      </p>
      <Loaded query={useProcesses()}>
        {({ items }) => {
          const process = items.find((one) => one.id === id);
          return process ? <Chosen process={process} /> : <Empty title={t('process.none')} />;
        }}
      </Loaded>
    </div>
  );
}
