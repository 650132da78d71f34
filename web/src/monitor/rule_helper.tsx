// The terms of a forecast or a baseline.
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Frame } from '@/record/frame';
import type { RuleDraft } from './rule_draft';

interface HelperProps {
  draft: RuleDraft;
  fault: (field: string) => string | undefined;
  set: (changed: Partial<RuleDraft>) => void;
}

interface TermProps {
  name: string;
  value: string;
  fault: string | undefined;
  onChange: (value: string) => void;
}

function Term({ name, value, fault, onChange }: TermProps) {
  const { t } = useTranslation();
  const id = `rule-${name.replace('/', '-')}`;
  const word = `rule.${name.replace('/', '_')}`;
  return (
    <Frame id={id} label={t(word)} hint={t(`${word}_hint`)} fault={fault}>
      <Input
        id={id}
        className="mono"
        status={fault ? 'error' : undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Frame>
  );
}

export function RuleHelper({ draft, fault, set }: HelperProps) {
  const { t } = useTranslation();
  const { forecast, baseline } = draft;
  if (draft.condition === 'forecast')
    return (
      <div className="rule-pair">
        {(['reaches', 'within', 'from'] as const).map((name) => (
          <Term
            key={name}
            name={`forecast/${name}`}
            value={forecast[name]}
            fault={fault(`forecast/${name}`)}
            onChange={(value) => set({ forecast: { ...forecast, [name]: value } })}
          />
        ))}
      </div>
    );
  const term = (name: 'seasons' | 'deviations' | 'at_least') => (
    <Term
      name={`baseline/${name}`}
      value={baseline[name]}
      fault={fault(`baseline/${name}`)}
      onChange={(value) => set({ baseline: { ...baseline, [name]: value } })}
    />
  );
  const choice = (name: 'season' | 'side', values: string[]) => (
    <Frame id={`rule-baseline-${name}`} label={t(`rule.baseline_${name}`)} fault={fault(`baseline/${name}`)}>
      <Select
        id={`rule-baseline-${name}`}
        value={baseline[name]}
        options={[...new Set([...values, baseline[name]])].map((value) => ({
          value,
          label: t(`rule.baseline_${name}.${value}`, value),
        }))}
        onChange={(value: string) => set({ baseline: { ...baseline, [name]: value } })}
      />
    </Frame>
  );
  return (
    <>
      <div className="rule-pair">
        {choice('season', ['1d', '1w'])}
        {term('seasons')}
      </div>
      <div className="rule-pair">
        {term('deviations')}
        {term('at_least')}
        {choice('side', ['both', 'above', 'below'])}
      </div>
    </>
  );
}
