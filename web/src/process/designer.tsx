// Drawing a process: the modeller, the properties of what is chosen, and what the server says is wrong, while one
// draws. The drawing is a draft in this browser until it is published.
import {
  CloudDownloadOutlined,
  DiffOutlined,
  PlayCircleOutlined,
  RedoOutlined,
  UndoOutlined,
  UploadOutlined,
} from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { checkProcess, useProcesses, useProcessXml } from '@/api/processes';
import type { ProcessProblem, ProcessSummary } from '@/api/process_types';
import { Dialog } from '@/kit/dialog';
import { Empty, Loaded, Skeleton } from '@/kit/faces';
import { formatInstant } from '@/kit/format';
import { ShapeMark } from '@/kit/marks';
import { PageHead, Panel } from '@/kit/panel';
import { useDelayed } from '@/kit/delayed';
import { Refusal } from '@/record/refusal';
import { draftOf, keepDraft } from './draft';
import { shownElement } from './drawing';
import type { Facts } from './facts';
import type { Handle } from './modeler';
import { Properties } from './properties';
import { Publish } from './publish';

const ModelerView = lazy(() => import('./modeler'));

const check_delay_ms = 600;

interface Placed extends ProcessProblem {
  element: string | null;
}

function useProblems(xml: string, handle: Handle | null) {
  const settled = useDelayed(xml, check_delay_ms);
  const query = useQuery({
    queryKey: ['process-check', settled],
    queryFn: ({ signal }) => checkProcess(settled, signal),
    placeholderData: (before) => before,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  });
  const placed = useMemo<Placed[]>(
    () =>
      (query.data ?? []).map((problem) => ({
        ...problem,
        element:
          problem.line > 0 && handle
            ? shownElement(settled, problem.line, problem.column, handle.isShown)
            : null,
      })),
    [query.data, settled, handle],
  );
  return { query, placed, busy: query.isFetching || settled !== xml };
}

function Problems({
  problems,
  onChoose,
}: {
  problems: ReturnType<typeof useProblems>;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { query, placed, busy } = problems;
  return (
    <Panel
      title={t('process.problems')}
      extra={busy && <span className="faint">{t('process.checking')}</span>}
    >
      <Refusal error={query.error} />
      {query.data && placed.length === 0 && (
        <p role="status">
          <ShapeMark shape="tick" tone="green" /> {t('process.can_run')}
        </p>
      )}
      <ul className="problem-list" aria-live="polite">
        {placed.map((problem, at) => (
          <li key={at}>
            <ShapeMark shape="cross" tone="red" />{' '}
            {problem.element ? (
              <button
                type="button"
                className="text-button"
                onClick={() => problem.element && onChoose(problem.element)}
              >
                {problem.element}
              </button>
            ) : null}{' '}
            {problem.detail}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface ToolsProps {
  process: ProcessSummary;
  xml: string;
  handle: Handle | null;
  /** The version the draft began from; none: there is no draft. */
  base: string | null;
  /** Free of problems. */
  ready: boolean;
  onOpen: (xml: string) => void;
  onDiscard: () => void;
}

function Tools({ process, xml, handle, base, ready, onOpen, onDiscard }: ToolsProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState(false);
  const download = () => {
    const address = URL.createObjectURL(new Blob([xml], { type: 'application/xml' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${process.key}.bpmn`;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <div className="designer-tools" role="toolbar" aria-label={t('process.tools')}>
      <Button
        icon={<UndoOutlined />}
        aria-label={t('process.undo')}
        title="Ctrl+Z"
        onClick={() => handle?.undo()}
      />
      <Button
        icon={<RedoOutlined />}
        aria-label={t('process.redo')}
        title="Ctrl+Y"
        onClick={() => handle?.redo()}
      />
      <Button onClick={() => handle?.fit()}>{t('process.fit')}</Button>
      <span className="grow" />
      <input
        ref={input}
        type="file"
        hidden
        accept=".bpmn,.xml"
        aria-label={t('process.open_file')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void file.text().then(onOpen);
        }}
      />
      <Button icon={<UploadOutlined />} onClick={() => input.current?.click()}>
        {t('process.open_file')}
      </Button>
      <Button icon={<CloudDownloadOutlined />} onClick={download}>
        {t('process.download')}
      </Button>
      <Link to={`/admin/processes/try?id=${process.id}`} className="button-link button-link-quiet">
        <PlayCircleOutlined /> {t('trial.title')}
      </Link>
      {base !== null && (
        <>
          <Link to={`/admin/processes/compare?from=${process.id}`} className="button-link button-link-quiet">
            <DiffOutlined /> {t('process.compare_draft', { version: process.version })}
          </Link>
          <Button danger onClick={() => setAsking(true)}>
            {t('process.discard')}
          </Button>
          <Publish process={process} xml={xml} base={base} ready={ready} />
        </>
      )}
      <Dialog
        title={t('process.discard')}
        open={asking}
        onClose={() => setAsking(false)}
        footer={
          <Button
            danger
            type="primary"
            onClick={() => {
              setAsking(false);
              onDiscard();
            }}
          >
            {t('process.discard')}
          </Button>
        }
      >
        <p>{t('process.discard_text', { version: process.version })}</p>
      </Dialog>
    </div>
  );
}

function Design({ process, deployed }: { process: ProcessSummary; deployed: string }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(process.key));
  const [opened, setOpened] = useState(draft?.xml ?? deployed);
  const [xml, setXml] = useState(opened);
  const [facts, setFacts] = useState<Facts | null>(null);
  const [handle, setHandle] = useState<Handle | null>(null);
  const problems = useProblems(xml, handle);
  const troubled = useMemo(() => problems.placed.flatMap(({ element }) => element ?? []), [problems.placed]);
  const change = (text: string) => {
    const next = { xml: text, base: draft?.base ?? process.id, at: Date.now() };
    setXml(text);
    setDraft(next);
    keepDraft(process.key, next);
  };
  const restart = (text: string) => {
    setHandle(null);
    setOpened(text);
    setXml(text);
  };
  return (
    <>
      <Tools
        process={process}
        xml={xml}
        handle={handle}
        base={draft?.base ?? null}
        ready={problems.query.data?.length === 0 && !problems.busy}
        onOpen={(text) => {
          restart(text);
          change(text);
        }}
        onDiscard={() => {
          keepDraft(process.key, null);
          setDraft(null);
          restart(deployed);
        }}
      />
      <p className="faint">
        {draft
          ? t('process.draft_kept', { at: formatInstant(draft.at) })
          : t('process.draft_none', { version: process.version })}
      </p>
      <div className="designer">
        <Suspense fallback={<Skeleton lines={12} />}>
          <ModelerView
            key={opened}
            xml={opened}
            troubled={troubled}
            onChange={change}
            onChoose={setFacts}
            onReady={setHandle}
          />
        </Suspense>
        <aside className="panel designer-side" aria-label={t('process.properties')}>
          {facts ? (
            <Properties
              key={facts.id}
              facts={facts}
              kind={process.record_kind}
              onSet={(name, value) => handle?.set(name, value)}
              onSetStep={(values) => handle?.setStep(values)}
            />
          ) : (
            <p className="muted">{t('process.choose_one')}</p>
          )}
        </aside>
      </div>
      <Problems problems={problems} onChoose={(id) => handle?.choose(id)} />
    </>
  );
}

export default function Designer() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  const processes = useProcesses();
  const xml = useProcessXml(id);
  return (
    <div className="page page-designer">
      <p className="record-path">
        <Link to="/admin/processes">{t('shell.processes')}</Link> <span aria-hidden="true">/</span>
      </p>
      <Loaded query={processes}>
        {({ items }) => {
          const process = items.find((one) => one.id === id);
          if (!process) return <Empty title={t('process.none')} />;
          return (
            <>
              <PageHead title={t('process.design_of', { name: process.name })} />
              <Loaded query={xml}>{(deployed) => <Design process={process} deployed={deployed} />}</Loaded>
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
