// The form of a rule: what it asks, when it fires, when it is over, and what it tells.
import { Input, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Frame } from '@/record/frame';
import { Expression } from './expression';
import type { RuleDraft } from './rule_draft';
import { RuleHelper } from './rule_helper';
import { Levels, Pairs, SeverityChoice } from './rule_rows';

interface FormProps {
  draft: RuleDraft;
  /** What is wrong at a field of the draft. */
  fault: (field: string) => string | undefined;
  onChange: (draft: RuleDraft) => void;
}

/** Gaps of the texts, and what they become. */
const gaps: [string, string][] = [
  ['{{ $labels.instance }}', 'rule.gap_label'],
  ['{{ $value }}', 'rule.gap_value'],
  ['{{ $value | humanize }}', 'rule.gap_humanize'],
  ['{{ $value | humanizePercentage }}', 'rule.gap_percentage'],
  ['{{ $value | humanizeDuration }}', 'rule.gap_duration'],
  ['{{ $value | roughDuration "zh-CN" }}', 'rule.gap_rough_duration'],
];

function expressionHint(draft: RuleDraft): string {
  if (draft.kind === 'record') return 'rule.expr_hint_record';
  if (draft.condition !== 'expr') return `rule.${draft.condition}_hint`;
  return draft.levels.length > 0 ? 'rule.expr_hint_levels' : 'rule.expr_hint';
}

export function RuleForm({ draft, fault, onChange }: FormProps) {
  const { t } = useTranslation();
  const set = (changed: Partial<RuleDraft>) => onChange({ ...draft, ...changed });
  const line = (field: 'hold' | 'keep_firing' | 'name', hint?: string, placeholder?: string) => (
    <Frame
      id={`rule-${field}`}
      label={t(`rule.${field === 'name' && draft.kind === 'record' ? 'metric' : field}`)}
      required={field === 'name'}
      hint={hint}
      fault={fault(field)}
    >
      <Input
        id={`rule-${field}`}
        className={field === 'name' ? undefined : 'mono'}
        placeholder={placeholder}
        status={fault(field) ? 'error' : undefined}
        value={draft[field]}
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </Frame>
  );
  const alert = draft.kind === 'alert';
  return (
    <div className="form">
      <Segmented<RuleDraft['kind']>
        aria-label={t('rule.kind')}
        value={draft.kind}
        options={[
          { value: 'alert', label: t('rule.kind_alert') },
          { value: 'record', label: t('rule.kind_record') },
        ]}
        onChange={(kind) => set({ kind })}
      />
      {line('name', undefined, alert ? 'DiskFull' : 'instance:disk_used:percent')}
      {alert && (
        <Segmented<RuleDraft['condition']>
          aria-label={t('rule.condition')}
          value={draft.condition}
          options={(['expr', 'forecast', 'baseline'] as const).map((value) => ({
            value,
            label: t(`rule.condition.${value}`),
          }))}
          onChange={(condition) => set({ condition })}
        />
      )}
      <Frame
        id="rule-expr"
        label={t('monitor.expression')}
        required
        hint={t(expressionHint(draft))}
        fault={fault('expr')}
      >
        <Expression
          id="rule-expr"
          invalid={Boolean(fault('expr'))}
          describedBy="rule-expr-note"
          value={draft.expr}
          onChange={(expr) => set({ expr })}
        />
      </Frame>
      {alert && draft.condition !== 'expr' && <RuleHelper draft={draft} fault={fault} set={set} />}
      {alert && (
        <>
          <div className="rule-pair">
            {line('hold', t('rule.hold_hint'), '5m')}
            <Frame id="rule-severity" label={t('alert.severity')} fault={fault('severity')}>
              {draft.levels.length === 0 ? (
                <SeverityChoice
                  id="rule-severity"
                  value={draft.severity}
                  onChange={(severity) => set({ severity })}
                />
              ) : (
                <span className="muted">{t('rule.severity_by_level')}</span>
              )}
            </Frame>
          </div>
          <Frame
            id="rule-levels"
            label={t('rule.levels')}
            hint={t('rule.levels_hint')}
            fault={fault('levels')}
          >
            <Levels levels={draft.levels} fault={fault} onChange={(levels) => set({ levels })} />
          </Frame>
          <Frame id="rule-summary" label={t('rule.summary')} fault={fault('summary')}>
            <Input
              id="rule-summary"
              placeholder={t('rule.summary_example')}
              value={draft.summary}
              onChange={(event) => set({ summary: event.target.value })}
            />
          </Frame>
          <Frame id="rule-description" label={t('rule.description')} fault={fault('description')}>
            <Input.TextArea
              id="rule-description"
              className="growing"
              value={draft.description}
              onChange={(event) => set({ description: event.target.value })}
            />
          </Frame>
          <details className="rule-more">
            <summary>{t('rule.template_help')}</summary>
            <dl className="rule-help">
              {gaps.map(([gap, word]) => (
                <div key={gap} className="rule-gap">
                  <dt>
                    <button
                      type="button"
                      className="text-button mono"
                      title={t('rule.template_insert')}
                      onClick={() => set({ description: draft.description + gap })}
                    >
                      {gap}
                    </button>
                  </dt>
                  <dd>{t(word)}</dd>
                </div>
              ))}
            </dl>
          </details>
        </>
      )}
      <Frame id="rule-labels" label={t('rule.labels')} hint={t('rule.labels_hint')} fault={fault('labels')}>
        <Pairs
          name="labels"
          pairs={draft.labels}
          add={t('rule.add_label')}
          fault={fault}
          onChange={(labels) => set({ labels })}
        />
      </Frame>
      {alert && (
        <Ending
          draft={draft}
          fault={fault}
          set={set}
          keep={line('keep_firing', t('rule.keep_hint'), '10m')}
        />
      )}
    </div>
  );
}

interface EndingProps {
  draft: RuleDraft;
  fault: FormProps['fault'];
  set: (changed: Partial<RuleDraft>) => void;
  keep: ReactNode;
}

/** When an alert is over; few rules need more than the condition itself. */
function Ending({ draft, fault, set, keep }: EndingProps) {
  const { t } = useTranslation();
  const said = Boolean(
    draft.recover ||
    draft.no_data ||
    draft.keep_firing ||
    draft.flapping.times ||
    draft.annotations.length ||
    fault('flapping'),
  );
  return (
    <details className="rule-more" open={said || undefined}>
      <summary>{t('rule.ending')}</summary>
      <div className="form">
        <Frame
          id="rule-recover"
          label={t('rule.recover')}
          hint={t('rule.recover_hint')}
          fault={fault('recover')}
        >
          <Expression
            id="rule-recover"
            label={t('rule.recover')}
            invalid={Boolean(fault('recover'))}
            describedBy="rule-recover-note"
            value={draft.recover}
            onChange={(recover) => set({ recover })}
          />
        </Frame>
        <div className="rule-pair">
          {keep}
          <Frame
            id="rule-no-data"
            label={t('rule.no_data')}
            hint={t('rule.no_data_hint')}
            fault={fault('no_data')}
          >
            <Select
              id="rule-no-data"
              value={draft.no_data}
              options={['', 'keep', 'fire'].map((value) => ({
                value,
                label: t(`rule.no_data.${value || 'resolve'}`),
              }))}
              onChange={(no_data: string) => set({ no_data })}
            />
          </Frame>
        </div>
        <div className="rule-pair">
          <Frame
            id="rule-times"
            label={t('rule.flapping_times')}
            hint={t('rule.flapping_hint')}
            fault={fault('flapping')}
          >
            <Input
              id="rule-times"
              inputMode="numeric"
              placeholder="5"
              value={draft.flapping.times}
              onChange={(event) => set({ flapping: { ...draft.flapping, times: event.target.value } })}
            />
          </Frame>
          <Frame id="rule-within" label={t('rule.flapping_within')}>
            <Input
              id="rule-within"
              className="mono"
              placeholder="1h"
              value={draft.flapping.within}
              onChange={(event) => set({ flapping: { ...draft.flapping, within: event.target.value } })}
            />
          </Frame>
        </div>
        <Frame id="rule-annotations" label={t('rule.annotations')} fault={fault('annotations')}>
          <Pairs
            name="annotations"
            pairs={draft.annotations}
            add={t('rule.add_annotation')}
            fault={fault}
            onChange={(annotations) => set({ annotations })}
          />
        </Frame>
      </div>
    </details>
  );
}
