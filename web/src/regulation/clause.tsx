// One clause: what it asks, how it is checked, what the checks found, and what would make it green.
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useClause } from '@/api/regulation';
import type { ClauseDetail, Control, Evidence } from '@/api/types';
import { Loaded } from '@/kit/faces';
import { Mark } from '@/kit/marks';
import { Panel } from '@/kit/panel';
import { Time } from '@/kit/time';
import { wordOr } from '@/kit/words';
import { ClauseMark } from './clause_state';

function Trend({ trend }: { trend: NonNullable<Control['trend']> }) {
  const { t } = useTranslation();
  const values = trend.map((point) => point.violations);
  if (values.length < 2) return null;
  const most = Math.max(1, ...values);
  const points = values.map(
    (value, index) => `${(index / (values.length - 1)) * 118 + 1},${25 - (value / most) * 22}`,
  );
  const text = t('clause.trend_text', { values: values.join(', ') });
  return (
    <figure className="trend">
      <svg width="120" height="28" viewBox="0 0 120 28" role="img" aria-label={text}>
        <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
      <figcaption className="faint">{t('clause.trend')}</figcaption>
    </figure>
  );
}

function Outcome({ control }: { control: Control }) {
  const { t } = useTranslation();
  if (control.failure)
    return (
      <Mark tone="orange" shape="half">
        {t('clause.check_failed')}
      </Mark>
    );
  if (control.violations === null)
    return (
      <Mark tone="faint" shape="hollow">
        {t('clause.not_checked')}
      </Mark>
    );
  return control.violations === 0 ? (
    <Mark tone="green" shape="tick">
      {t('clause.no_violation')}
    </Mark>
  ) : (
    <Mark tone="red" shape="triangle">
      {t('clause.violations', { n: control.violations })}
    </Mark>
  );
}

function EvidenceLine({ item }: { item: Evidence }) {
  const outside = item.href.startsWith('/api/') || item.href.startsWith('/prometheus/');
  return (
    <li>
      {outside ? <a href={item.href}>{item.title}</a> : <Link to={item.href}>{item.title}</Link>}
      {item.note && <span className="muted"> {item.note}</span>}
      {item.at && (
        <span className="faint">
          {' '}
          <Time at={item.at} exact />
        </span>
      )}
    </li>
  );
}

function ControlCard({ control }: { control: Control }) {
  const { t } = useTranslation();
  return (
    <Panel title={control.title} extra={<Outcome control={control} />}>
      <div className="control">
        <div className="grow">
          {control.sentence && <p className="control-sentence">{control.sentence}</p>}
          {control.failure && <p className="tone-orange">{control.failure}</p>}
          <p className="faint">
            {t('clause.checked')} <Time at={control.checked_at} />
            {control.expected !== null && ` · ${t('clause.expected', { n: control.expected })}`}
          </p>
        </div>
        {control.trend && <Trend trend={control.trend} />}
      </div>
      {control.evidence.length > 0 && (
        <>
          <h3>{t('clause.evidence')}</h3>
          <ul className="evidence">
            {control.evidence.map((item, index) => (
              <EvidenceLine key={index} item={item} />
            ))}
          </ul>
        </>
      )}
      {control.query && (
        <details className="how">
          <summary>{t('clause.how')}</summary>
          <pre>{control.query}</pre>
        </details>
      )}
    </Panel>
  );
}

function Remedy({ clause }: { clause: ClauseDetail }) {
  const { t } = useTranslation();
  const violated = clause.controls.filter((control) => (control.violations ?? 0) > 0);
  return (
    <Panel title={t('clause.remedy')}>
      {clause.state === 'held' && <p>{t('clause.remedy_held')}</p>}
      {clause.state === 'no_control' && <p>{t('clause.remedy_no_control')}</p>}
      {clause.state === 'stale' && <p>{t('clause.remedy_stale')}</p>}
      {clause.state === 'violated' && (
        <ul className="plain-list">
          {violated.map((control) => (
            <li key={control.id}>
              {t('clause.remedy_violated', { n: control.violations, title: control.title })}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export default function Clause() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  return (
    <div className="page page-clause">
      <Loaded query={useClause(id)}>
        {(clause) => (
          <>
            <header className="record-head">
              <p className="record-path">
                <Link to="/clauses">{t('clause.many')}</Link> <span aria-hidden="true">/</span>{' '}
                <span className="figures">{clause.id}</span>
              </p>
              <h1>{clause.title}</h1>
              <div className="record-line">
                {clause.state && <ClauseMark state={clause.state} strong />}
                {clause.owner && (
                  <span className="muted">
                    {t('clause.owner')} {wordOr(`role.${clause.owner}`, clause.owner)}
                  </span>
                )}
              </div>
            </header>
            <div className="record-columns clause-columns">
              <div className="record-main">
                <Panel title={t('clause.text')}>
                  <p className="clause-text prose">{clause.text}</p>
                </Panel>
                <h2 className="ceremony-part">{t('clause.controls')}</h2>
                {clause.controls.length === 0 && <p className="muted">{t('clause.controls_none')}</p>}
                {clause.controls.map((control) => (
                  <ControlCard key={control.id} control={control} />
                ))}
              </div>
              <div className="record-step">
                <Remedy clause={clause} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </div>
  );
}
