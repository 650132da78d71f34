// My day: are we all right, and what waits for me. The answer is on one page without a click.
import { DesktopOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useOverview } from '@/api/regulation';
import { useMay, useSession } from '@/api/session';
import { useTasks } from '@/api/tasks';
import type { Overview } from '@/api/types';
import { Empty, ErrorFace, Loaded, Skeleton } from '@/kit/faces';
import { formatDay, formatPercent } from '@/kit/format';
import { ShapeMark, type Shape, type Tone } from '@/kit/marks';
import { PageHead, Panel } from '@/kit/panel';
import { useTheme } from '@/kit/theme';
import { useNow } from '@/kit/time';
import { wordOr } from '@/kit/words';
import { Choice } from '@/record/looks';
import { Verdict } from './verdict';
import { TaskCard, useTaskAddress } from '@/process/inbox';
import { AlertLine } from '@/monitor/alert_line';
import { useAlerts } from '@/api/monitor';

interface FigureProps {
  to: string;
  label: string;
  value: number;
  note?: string;
  tone?: Tone;
  shape?: Shape;
}

function Figure({ to, label, value, note, tone = 'neutral', shape }: FigureProps) {
  return (
    <Link to={to} className={`figure tone-${tone}`}>
      <span className="figure-label">
        {shape && <ShapeMark shape={shape} tone={tone} />}
        {label}
      </span>
      <span className="figure-value figures">{value}</span>
      {note && <span className="figure-note">{note}</span>}
    </Link>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const may = useMay();
  const { incidents, tasks, alerts, clauses } = overview;
  return (
    <div className="figures-row">
      {may('incident.read') && (
        <>
          <Figure
            to="/incidents?view=open"
            label={t('day.open_incidents')}
            value={incidents.open}
            note={t('day.today', { n: incidents.today })}
          />
          <Figure
            to="/incidents?view=urgent"
            label={t('day.breached')}
            value={incidents.breached}
            tone={incidents.breached > 0 ? 'red' : 'neutral'}
            shape={incidents.breached > 0 ? 'triangle' : 'tick'}
            note={t('day.breached_note')}
          />
        </>
      )}
      {may('task.read') && (
        <Figure
          to="/inbox"
          label={t('day.my_tasks')}
          value={tasks.mine}
          tone={tasks.overdue > 0 ? 'orange' : 'neutral'}
          note={t('day.overdue', { n: tasks.overdue })}
        />
      )}
      {may('alert.read') ? (
        <Figure
          to="/monitor/alerts"
          label={t('day.firing')}
          value={alerts.firing}
          tone={alerts.firing > 0 ? 'red' : 'neutral'}
          shape={alerts.firing > 0 ? 'square' : 'tick'}
          note={alerts.firing > 0 ? t('day.firing_note') : t('day.quiet')}
        />
      ) : null}
      {may('clause.read') ? (
        <Figure
          to="/clauses?state=violated"
          label={t('day.violated')}
          value={clauses.violated}
          tone={clauses.violated > 0 ? 'orange' : 'neutral'}
          shape={clauses.violated > 0 ? 'triangle' : 'tick'}
          note={t('day.held', { held: clauses.held, none: clauses.no_control })}
        />
      ) : null}
    </div>
  );
}

function ByPriority({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const entries = ['p1', 'p2', 'p3', 'p4'].map(
    (key) => [key, overview.incidents.by_priority[key] ?? 0] as const,
  );
  const most = Math.max(1, ...entries.map(([, count]) => count));
  return (
    <Panel
      title={t('day.by_priority')}
      extra={<Link to="/incidents?view=open">{t('day.all_incidents')}</Link>}
    >
      <ul className="bars">
        {entries.map(([key, count]) => (
          <li key={key}>
            <Link to={`/incidents?view=open&edited=1&open=true&priority=${key}`}>
              <Choice kind="incident" field="priority" value={key} />
              <span className="bar">
                <span className={`bar-fill bar-${key}`} style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span className="figures">{count}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Availability({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const may = useMay();
  const tone = (ratio: number) => (ratio < 0.99 ? 'red' : ratio < 0.999 ? 'orange' : 'neutral');
  return (
    <Panel
      title={t('day.availability')}
      extra={<Link to={may('monitor.query') ? '/availability' : '/systems'}>{t('day.all_systems')}</Link>}
    >
      {overview.availability.length === 0 ? (
        <p className="muted">{t('day.availability_none')}</p>
      ) : (
        <ul className="lines">
          {[...overview.availability]
            .sort((a, b) => (a.ratio_30d ?? 2) - (b.ratio_30d ?? 2))
            .slice(0, 8)
            .map((item) => (
              <li key={item.system}>
                <Link to={`/systems/${item.system}`}>{item.name}</Link>
                <span className={`figures tone-${item.ratio_30d === null ? 'faint' : tone(item.ratio_30d)}`}>
                  {item.ratio_30d === null ? t('day.no_data') : formatPercent(item.ratio_30d)}
                </span>
              </li>
            ))}
        </ul>
      )}
    </Panel>
  );
}

function OnDuty({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('day.on_duty')}>
      {overview.on_duty.length === 0 ? (
        <p className="muted">{t('day.on_duty_none')}</p>
      ) : (
        <ul className="lines">
          {overview.on_duty.map((item) => (
            <li key={item.person}>
              <Link to={`/people/${item.person}`}>{item.name}</Link>
              <span className="muted">{wordOr(`role.${item.role}`, item.role)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function MyTasks() {
  const { t } = useTranslation();
  const tasks = useTasks('open', true, 8);
  const address = useTaskAddress();
  const rows = tasks.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={t('day.waits_for_me')} extra={<Link to="/inbox">{t('day.all_tasks')}</Link>} flush>
      {tasks.isPending && <Skeleton lines={4} />}
      {tasks.isError && !tasks.data && (
        <ErrorFace error={tasks.error} since={tasks.errorUpdatedAt} retry={() => void tasks.refetch()} />
      )}
      {tasks.data && rows.length === 0 && <Empty title={t('task.none')} hint={t('task.none_hint')} />}
      <ul className="cards cards-flush">
        {rows.map((task) => (
          <li key={task.id}>
            <TaskCard task={task} to={address(task)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Firing() {
  const { t } = useTranslation();
  const alerts = useAlerts({ state: 'firing' });
  const items = alerts.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t('day.firing')} extra={<Link to="/monitor/alerts">{t('day.all_alerts')}</Link>} flush>
      <ul className="cards cards-flush">
        {items.slice(0, 5).map((alert) => (
          <li key={alert.id}>
            <AlertLine alert={alert} labels={alerts.data?.labels} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export default function MyDay() {
  const { t } = useTranslation();
  const { person } = useSession();
  const may = useMay();
  const { phone } = useTheme();
  const overview = useOverview();
  const now = useNow();
  return (
    <div className="page page-day">
      <PageHead
        title={t('day.title')}
        extra={
          !phone &&
          may('incident.read') && (
            <Link to="/wall" className="button-link button-link-quiet">
              <DesktopOutlined /> {t('wall.open')}
            </Link>
          )
        }
        lead={`${person.name} · ${formatDay(now)} ${t(`day.week_${new Date(now).getDay()}`)}`}
      />
      <Loaded query={overview} lines={4}>
        {(data) => (
          <>
            {may('incident.read') && <Verdict overview={data} />}
            <Figures overview={data} />
            <div className="day-columns">
              <div>
                {may('task.read') && <MyTasks />}
                {may('alert.read') && <Firing />}
              </div>
              <div>
                {may('incident.read') && <ByPriority overview={data} />}
                {may('system.read') && <Availability overview={data} />}
                <OnDuty overview={data} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </div>
  );
}
