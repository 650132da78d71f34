// One field of a record, shown. The field's kind decides how.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Labels, ModuleField, RecordData } from '@/api/types';
import { formatDay, formatDuration } from '@/kit/format';
import { Time } from '@/kit/time';
import { currentLanguage } from '@/kit/words';
import { Choice, choiceWord } from './looks';
import { usePlural } from './naming';

interface ValueProps {
  kind: string;
  field: ModuleField;
  record: RecordData;
  labels?: Labels;
  /** In lists a reference is text, so that a click opens the row. */
  plain?: boolean;
}

const nothing = <span className="faint">–</span>;

/** ISO 8601 duration in milliseconds; months and years do not occur. */
function durationMs(text: string): number {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text);
  if (!found) return Number.NaN;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

function Reference({
  target,
  id,
  labels,
  plain,
}: {
  target: string;
  id: string;
  labels?: Labels;
  plain?: boolean;
}) {
  const plural = usePlural();
  const label = labels?.[id] ?? id.slice(-6);
  return plain ? <span>{label}</span> : <Link to={`/${plural(target)}/${id}`}>{label}</Link>;
}

export function FieldValue({ kind, field, record, labels, plain }: ValueProps) {
  const { t } = useTranslation();
  const value = record[field.name];
  const names = labels ?? record.labels;
  if (value === null || value === undefined || value === '') return nothing;
  const offered = field.offered?.find((one) => one.value === value);
  if (offered) return <span>{offered.title[currentLanguage()] ?? offered.value}</span>;
  switch (field.kind) {
    case 'choice':
      return <Choice kind={kind} field={field.name} value={String(value)} />;
    case 'flag':
      return value ? t('kit.yes') : t('kit.no');
    case 'instant':
      return <Time at={value as string} exact={!plain} />;
    case 'date':
      return <span className="figures">{formatDay(value as string)}</span>;
    case 'duration': {
      const ms = durationMs(String(value));
      return Number.isNaN(ms) ? String(value) : formatDuration(t, ms);
    }
    case 'reference':
      return <Reference target={field.target ?? ''} id={String(value)} labels={names} plain={plain} />;
    case 'references': {
      const ids = Array.isArray(value) ? (value as string[]) : [];
      if (ids.length === 0) return nothing;
      return (
        <span className="inline-list">
          {ids.map((id) => (
            <Reference key={id} target={field.target ?? ''} id={id} labels={names} plain={plain} />
          ))}
        </span>
      );
    }
    case 'prose':
      return plain ? <span>{String(value)}</span> : <span className="prose">{String(value)}</span>;
    case 'code':
      return <code>{String(value)}</code>;
    default:
      return <span>{choiceWord(kind, field.name, String(value))}</span>;
  }
}
