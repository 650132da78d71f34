// When a system was out in a month, for how long, how that is known, and the incident it was.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Outage, SystemAvailability } from '@/api/availability';
import { useMay } from '@/api/session';
import { Empty } from '@/kit/faces';
import { formatDuration } from '@/kit/format';
import { Mark } from '@/kit/marks';
import { Panel } from '@/kit/panel';
import { Time } from '@/kit/time';

function Until({ outage }: { outage: Outage }) {
  const { t } = useTranslation();
  if (outage.to) return <Time at={outage.to} exact />;
  return (
    <Mark tone="red" shape="cross">
      {t('availability.lasting')}
    </Mark>
  );
}

function Incident({ outage }: { outage: Outage }) {
  const { t } = useTranslation();
  const may = useMay();
  const { incident } = outage;
  if (!incident) return <span className="faint">{t('availability.no_incident')}</span>;
  const name = (
    <>
      <span className="figures">{incident.number}</span> {incident.title}
    </>
  );
  return may('incident.read') ? <Link to={`/incidents/${incident.id}`}>{name}</Link> : <span>{name}</span>;
}

export function Outages({ data }: { data: SystemAvailability }) {
  const { t } = useTranslation();
  const list = data.outage_list;
  return (
    <Panel title={t('availability.outage_list')} flush>
      {list.length === 0 && (
        <Empty
          title={t(data.availability === null ? 'availability.no_outages_known' : 'availability.no_outages')}
        />
      )}
      <ol className="availability-outages">
        {list.map((outage) => (
          <li key={`${outage.from}/${outage.source}`}>
            <span className="availability-span">
              <Time at={outage.from} exact /> – <Until outage={outage} />
            </span>
            <b className="figures">{formatDuration(t, outage.downtime_ms)}</b>
            <span className="muted">{t(`availability.source.${outage.source}`)}</span>
            <span className="availability-incident">
              <Incident outage={outage} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
