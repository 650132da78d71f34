// What is measured: every target, whether it answers, since when not and why.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTargets } from '@/api/monitor';
import type { Target } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { Mark } from '@/kit/marks';
import { PageHead } from '@/kit/panel';
import { Table, type Column } from '@/kit/table';
import { Time } from '@/kit/time';
import { reasonOf } from './reason';

function Health({ target }: { target: Target }) {
  const { t } = useTranslation();
  if (target.state === 'up')
    return (
      <Mark tone="green" shape="tick">
        {t('monitor.up')}
      </Mark>
    );
  if (target.state === 'down')
    return (
      <Mark tone="red" shape="cross">
        {t('monitor.down')}
      </Mark>
    );
  return (
    <Mark tone="faint" shape="hollow">
      {t('monitor.unknown')}
    </Mark>
  );
}

export default function Targets() {
  const { t } = useTranslation();
  const columns: Column<Target>[] = [
    { key: 'health', title: t('alert.state'), width: 100, render: (target) => <Health target={target} /> },
    {
      key: 'instance',
      title: t('monitor.instance'),
      width: 220,
      render: (target) => (
        <Link to={`/monitor/explore?q=${encodeURIComponent(`up{instance="${target.instance}"}`)}`}>
          {target.instance}
        </Link>
      ),
    },
    {
      key: 'system',
      title: t('incident.system'),
      width: 170,
      render: (target) =>
        target.system ? (
          <Link to={`/systems?q=${encodeURIComponent(target.system)}`}>{target.system}</Link>
        ) : (
          '–'
        ),
    },
    {
      key: 'template',
      title: t('system.target_template'),
      width: 130,
      render: (target) => target.template_title ?? '–',
    },
    { key: 'job', title: t('monitor.job'), width: 90, render: (target) => target.job },
    {
      key: 'last',
      title: t('monitor.last_scrape'),
      width: 120,
      render: (target) => <Time at={target.last_scrape} />,
    },
    {
      key: 'duration',
      title: t('monitor.duration'),
      width: 100,
      align: 'right',
      render: (target) => (target.last_scrape ? `${(target.seconds * 1000).toFixed(0)} ms` : '–'),
    },
    {
      key: 'samples',
      title: t('monitor.samples'),
      width: 90,
      align: 'right',
      render: (target) => target.samples,
    },
    {
      key: 'error',
      title: t('monitor.last_error'),
      width: 420,
      render: (target) => (target.last_error ? <span className="wrap">{reasonOf(target)}</span> : '–'),
    },
  ];
  return (
    <div className="page page-list">
      <PageHead title={t('shell.targets')} lead={t('monitor.targets_lead')} />
      <Loaded
        query={useTargets()}
        isEmpty={(data) => data.items.length === 0}
        empty={
          <Empty
            title={t('monitor.no_targets')}
            hint={t('monitor.no_targets_hint')}
            action={<Link to="/systems">{t('shell.systems')}</Link>}
          />
        }
      >
        {(data) => (
          <div className="list-main">
            <Table
              name="targets"
              label={t('shell.targets')}
              columns={columns}
              rows={data.items}
              rowKey={(target) => `${target.job}/${target.instance}/${target.system ?? ''}`}
              card={(target) => (
                <div className="card-link">
                  <span className="card-top">
                    <b>{target.instance}</b>
                    <Health target={target} />
                  </span>
                  <span className="card-foot muted">
                    {target.system ?? target.job} · <Time at={target.last_scrape} />
                  </span>
                  {target.last_error && <span className="tone-red">{reasonOf(target)}</span>}
                </div>
              )}
            />
          </div>
        )}
      </Loaded>
    </div>
  );
}
