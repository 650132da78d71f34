// The overview for a wall screen: big and calm, three faces in turn, nothing that tells who is signed in.
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAlerts } from '@/api/monitor';
import { useRecords } from '@/api/records';
import { useOverview } from '@/api/regulation';
import { useMay, useSession } from '@/api/session';
import type { Overview, RecordData } from '@/api/types';
import { ErrorFace } from '@/kit/faces';
import { formatPercent } from '@/kit/format';
import { useKeys } from '@/kit/keys';
import { WallCorner } from '@/kit/wall_corner';
import { wordOr } from '@/kit/words';
import { AlertSeverity, alertText } from '@/monitor/alert_line';
import { Due } from '@/record/due';
import { Choice } from '@/record/looks';
import { titleOf } from '@/record/naming';
import { Verdict } from './verdict';
import './wall.css';

const turn_ms = 20_000;
const most_lines = 8;

function Count({ label, value, trouble }: { label: string; value: number; trouble: boolean }) {
  return (
    <div className={trouble ? 'wall-figure tone-red' : 'wall-figure'}>
      <span className="wall-value figures">{value}</span>
      <span>{label}</span>
    </div>
  );
}

function nextTarget(record: RecordData): string | null {
  const open = (record.clocks ?? []).flatMap((clock) =>
    clock.target_at && !clock.met_at ? clock.target_at : [],
  );
  return open.sort()[0] ?? null;
}

function Faults() {
  const { t } = useTranslation();
  const list = useRecords('incidents', { open: 'true', sort: 'priority' }, most_lines);
  const rows = list.data?.pages[0]?.items ?? [];
  const labels = list.data?.pages[0]?.labels ?? {};
  if (list.data && rows.length === 0) return <p className="wall-calm">{t('wall.no_faults')}</p>;
  return (
    <ul className="wall-lines">
      {rows.map((row) => (
        <li key={row.id}>
          <Choice kind="incident" field="priority" value={String(row.priority ?? '')} />
          <span className="wall-text">
            {titleOf(row)} <span className="muted">{labels[String(row.system)] ?? ''}</span>
          </span>
          <Choice kind="incident" field="state" value={String(row.state)} />
          <Due at={nextTarget(row)} />
        </li>
      ))}
    </ul>
  );
}

function Alerts() {
  const { t } = useTranslation();
  const alerts = useAlerts({ state: 'firing' });
  const items = alerts.data?.items ?? [];
  if (alerts.data && items.length === 0) return <p className="wall-calm">{t('wall.no_alerts')}</p>;
  return (
    <ul className="wall-lines">
      {items.slice(0, most_lines).map((alert) => (
        <li key={alert.id}>
          <AlertSeverity severity={alert.severity} />
          <span className="wall-text">{alertText(alert)}</span>
          <span className="muted">{alert.system ? alerts.data?.labels?.[alert.system] : ''}</span>
        </li>
      ))}
    </ul>
  );
}

function Duty({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  return (
    <div className="wall-columns">
      <section>
        <h2>{t('day.on_duty')}</h2>
        <ul className="wall-lines">
          {overview.on_duty.slice(0, most_lines).map((item) => (
            <li key={item.person}>
              <span className="wall-text">{item.name}</span>
              <span className="muted">{wordOr(`role.${item.role}`, item.role)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t('day.availability')}</h2>
        <ul className="wall-lines">
          {overview.availability.slice(0, most_lines).map((item) => (
            <li key={item.system}>
              <span className="wall-text">{item.name}</span>
              <span className="figures">
                {item.ratio_30d === null ? t('day.no_data') : formatPercent(item.ratio_30d)}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function useTurn(count: number): [number, (face: number) => void] {
  const [face, setFace] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setFace((face + 1) % count), turn_ms);
    return () => clearTimeout(timer);
  }, [face, count]);
  return [face, setFace];
}

export function Wall() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const { organisation } = useSession();
  const overview = useOverview();
  const faces: [string, (data: Overview) => ReactNode][] = [
    ['wall.faults', () => <Faults />],
    ...(may('alert.read') ? [['wall.alerts', () => <Alerts />] as [string, () => ReactNode]] : []),
    ['wall.people', (data) => <Duty overview={data} />],
  ];
  const [face, setFace] = useTurn(faces.length);
  const leave = () => void navigate('/');
  useKeys({
    Escape: leave,
    ArrowRight: () => setFace((face + 1) % faces.length),
    ArrowLeft: () => setFace((face + faces.length - 1) % faces.length),
  });
  const [title, render] = faces[face] ?? faces[0]!;
  const data = overview.data;
  return (
    <main id="main" className="wall">
      <header className="wall-head">
        <h1>{organisation ?? t('shell.product')}</h1>
        <span className="grow" />
        <WallCorner onLeave={leave} />
      </header>
      {overview.isError && !data && (
        <ErrorFace
          error={overview.error}
          since={overview.errorUpdatedAt}
          retry={() => void overview.refetch()}
        />
      )}
      {data && (
        <>
          <Verdict overview={data} />
          <div className="wall-figures">
            <Count label={t('day.open_incidents')} value={data.incidents.open} trouble={false} />
            <Count
              label={t('day.breached')}
              value={data.incidents.breached}
              trouble={data.incidents.breached > 0}
            />
            <Count label={t('day.firing')} value={data.alerts.firing} trouble={data.alerts.firing > 0} />
            <Count
              label={t('day.violated')}
              value={data.clauses.violated}
              trouble={data.clauses.violated > 0}
            />
          </div>
          <section className="wall-face" aria-live="off">
            <h2>{t(title)}</h2>
            {render(data)}
          </section>
          <nav className="wall-dots" aria-label={t('wall.faces')}>
            {faces.map(([word], at) => (
              <button
                key={word}
                type="button"
                aria-label={t(word)}
                aria-current={at === face || undefined}
                onClick={() => setFace(at)}
              />
            ))}
          </nav>
        </>
      )}
    </main>
  );
}
