// An alert in a list: what, how bad, since when, and the fault it opened.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Alert, Labels } from '@/api/types';
import { Mark, type Shape, type Tone } from '@/kit/marks';
import { Time } from '@/kit/time';
import { wordOr } from '@/kit/words';

const severities: Record<string, [Tone, Shape]> = {
  critical: ['red', 'triangle'],
  major: ['orange', 'triangle'],
  warning: ['orange', 'triangle'],
  minor: ['neutral', 'triangle'],
  info: ['neutral', 'dot'],
};

export function AlertState({ alert }: { alert: Alert }) {
  const [tone, shape]: [Tone, Shape] =
    alert.state === 'firing'
      ? ['red', 'square']
      : alert.state === 'pending'
        ? ['orange', 'half']
        : ['green', 'tick'];
  const { t } = useTranslation();
  return (
    <>
      <Mark tone={tone} shape={shape}>
        {wordOr(`alert.state.${alert.state}`, alert.state)}
      </Mark>
      {alert.state === 'firing' && alert.flapping && (
        <span className="muted" title={t('alert.flapping_hint')}>
          {' '}
          {t('alert.flapping')}
        </span>
      )}
    </>
  );
}

export function AlertSeverity({ severity }: { severity: string }) {
  const [tone, shape] = severities[severity] ?? ['neutral', 'dot'];
  return (
    <Mark tone={tone} shape={shape}>
      {wordOr(`alert.severity.${severity}`, severity)}
    </Mark>
  );
}

export function alertText(alert: Alert): string {
  return alert.annotations.summary ?? alert.annotations.description ?? alert.name;
}

/** Why a firing alert opened no fault; nothing when it did. */
export function HeldBack({ alert, labels }: { alert: Alert; labels?: Labels }) {
  const { t } = useTranslation();
  if (alert.silence)
    return (
      <Mark tone="neutral" shape="pause">
        {t('alert.silenced')}
      </Mark>
    );
  if (alert.maintenance_window)
    return (
      <Mark tone="neutral" shape="pause">
        {t('alert.in_maintenance', { title: labels?.[alert.maintenance_window] ?? '' })}
      </Mark>
    );
  if (alert.caused_by)
    return (
      <Mark tone="neutral" shape="pause">
        {t('alert.caused_by', { system: labels?.[alert.caused_by] ?? '' })}
      </Mark>
    );
  return null;
}

export function AlertLine({ alert, labels }: { alert: Alert; labels?: Labels }) {
  const to = alert.incident ? `/incidents/${alert.incident}` : '/monitor/alerts';
  const where = (alert.system && labels?.[alert.system]) || alert.labels.instance;
  return (
    <Link to={to} className="card-link">
      <span className="card-top">
        <AlertSeverity severity={alert.severity} />
        <Time at={alert.fired_at ?? alert.active_at} />
      </span>
      <span className="card-title">{alertText(alert)}</span>
      <span className="card-foot muted">
        {where} <HeldBack alert={alert} labels={labels} />
      </span>
    </Link>
  );
}
