// Rows of pairs in the form of a rule: levels with their conditions, labels with their values.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { wordOr } from '@/kit/words';

export const severities = ['critical', 'major', 'warning', 'minor', 'info'];

interface SeverityProps {
  id?: string;
  value: string;
  onChange: (value: string) => void;
}

/** The usual severities; another one that a rule has already stays among them. */
export function SeverityChoice({ id, value, onChange }: SeverityProps) {
  const { t } = useTranslation();
  const known = value === '' || severities.includes(value) ? severities : [value, ...severities];
  return (
    <Select
      id={id}
      aria-label={t('alert.severity')}
      value={value || undefined}
      allowClear
      onChange={(next: string | undefined) => onChange(next ?? '')}
      options={known.map((one) => ({ value: one, label: wordOr(`alert.severity.${one}`, one) }))}
    />
  );
}

/** Takes a row away, and says what is wrong with it. */
function RowEnd({ wrong, onRemove }: { wrong: string | undefined; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Button type="text" icon={<DeleteOutlined />} aria-label={t('rule.remove')} onClick={onRemove} />
      {wrong && (
        <span role="alert" className="frame-fault">
          {wrong}
        </span>
      )}
    </>
  );
}

type Level = { severity: string; when: string };

interface LevelsProps {
  levels: Level[];
  fault: (field: string) => string | undefined;
  onChange: (levels: Level[]) => void;
}

export function Levels({ levels, fault, onChange }: LevelsProps) {
  const { t } = useTranslation();
  const put = (at: number, level: Level) =>
    onChange(levels.map((one, index) => (index === at ? level : one)));
  return (
    <div className="rule-rows">
      {levels.map((level, index) => {
        const wrong = fault(`levels/${index}/when`) ?? fault(`levels/${index}`);
        return (
          <div key={index} className="rule-row">
            <SeverityChoice
              value={level.severity}
              onChange={(severity) => put(index, { ...level, severity })}
            />
            <Input
              className="mono"
              aria-label={t('rule.when')}
              placeholder="> 90"
              status={wrong ? 'error' : undefined}
              value={level.when}
              onChange={(event) => put(index, { ...level, when: event.target.value })}
            />
            <RowEnd wrong={wrong} onRemove={() => onChange(levels.filter((_, other) => other !== index))} />
          </div>
        );
      })}
      <div>
        <Button
          icon={<PlusOutlined />}
          size="small"
          onClick={() =>
            onChange([...levels, { severity: levels.length ? 'critical' : 'warning', when: '' }])
          }
        >
          {t('rule.add_level')}
        </Button>
      </div>
    </div>
  );
}

interface PairsProps {
  /** The key of the rule: labels or annotations. */
  name: string;
  pairs: [string, string][];
  add: string;
  fault: (field: string) => string | undefined;
  onChange: (pairs: [string, string][]) => void;
}

export function Pairs({ name, pairs, add, fault, onChange }: PairsProps) {
  const { t } = useTranslation();
  const put = (at: number, pair: [string, string]) =>
    onChange(pairs.map((one, index) => (index === at ? pair : one)));
  return (
    <div className="rule-rows">
      {pairs.map(([key, value], index) => {
        const wrong = fault(`${name}/${key}`);
        return (
          <div key={index} className="rule-row">
            <Input
              className="mono"
              aria-label={t('rule.label_name')}
              placeholder="team"
              status={wrong ? 'error' : undefined}
              value={key}
              onChange={(event) => put(index, [event.target.value, value])}
            />
            <Input
              aria-label={t('rule.label_value')}
              value={value}
              onChange={(event) => put(index, [key, event.target.value])}
            />
            <RowEnd wrong={wrong} onRemove={() => onChange(pairs.filter((_, other) => other !== index))} />
          </div>
        );
      })}
      <div>
        <Button icon={<PlusOutlined />} size="small" onClick={() => onChange([...pairs, ['', '']])}>
          {add}
        </Button>
      </div>
    </div>
  );
}
