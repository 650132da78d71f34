// One rule: written, checked as it is typed, tried on the past, saved with a reason, and all its versions.
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { ApiProblem } from '@/api/client';
import { useOwnRule, useRuleCheck, useRuleSwitch, useSaveRule, type OwnRule } from '@/api/rules';
import { useMay } from '@/api/session';
import { useDelayed } from '@/kit/delayed';
import { Empty, Loaded } from '@/kit/faces';
import { Mark } from '@/kit/marks';
import { PageHead, Panel } from '@/kit/panel';
import { Ask, type AskedField } from '@/record/ask';
import { useDraft } from '@/record/draft';
import { Leaving } from '@/record/leaving';
import './rule.css';
import { draftOf, drawnOf, emptyDraft, placeOf, yamlOf, type RuleDraft } from './rule_draft';
import { RuleForm } from './rule_form';
import { RulePreview } from './rule_preview';
import { RuleVersions } from './rule_versions';

const reason: AskedField[] = [{ name: 'reason', kind: 'prose', required: true }];

/** What is wrong by field, each sentence with its place inside the text. */
function useFaults(yaml: string) {
  const { t } = useTranslation();
  const rested = useDelayed(yaml, 300);
  const check = useRuleCheck(rested);
  const faults = new Map<string, string>();
  for (const { pointer, detail } of check.data?.problems ?? []) {
    const { field, line, column } = placeOf(pointer);
    const told = line === undefined ? detail : t('rule.fault_at', { line, column, detail });
    faults.set(field, [faults.get(field), told].filter(Boolean).join(' '));
  }
  const current = rested === yaml && !check.isPlaceholderData;
  return { faults, check, rested, fine: current && check.data?.problems.length === 0 };
}

function Editing({ rule, started }: { rule: OwnRule | null; started: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const kept = useDraft(`rule-${rule?.id ?? 'new'}`);
  const begun = rule ? draftOf(rule.rule ?? {}) : emptyDraft(started);
  const draft = (kept.values.draft as RuleDraft | undefined) ?? begun;
  const version = (kept.values.version as number | undefined) ?? rule?.version ?? 0;
  const yaml = yamlOf(draft);
  const { faults, check, rested, fine } = useFaults(yaml);
  const [asking, setAsking] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  // Only once the draft is gone: until then the page asks whether to leave it.
  useEffect(() => {
    if (saved) void navigate(`/monitor/rules/${saved}`, { replace: true });
  }, [saved, navigate]);
  // What is still to be written is no mistake before somebody saves.
  const [pressed, setPressed] = useState(false);
  const unwritten = draft.name.trim() === '' || draft.expr.trim() === '';
  const shown = !unwritten || pressed;
  const save = useSaveRule(rule && { id: rule.id, version }, (made) => {
    kept.clear();
    setSaved(made.id);
  });
  const change = (next: RuleDraft) => {
    if (kept.values.version === undefined) kept.set('version', version);
    kept.set('draft', next);
  };
  const written = yaml !== (rule ? yamlOf(begun) : yamlOf(emptyDraft()));
  const elsewhere = [...faults].filter(([field]) => field === '');
  const press = () => {
    setPressed(true);
    if (fine) setAsking(true);
  };
  return (
    <>
      <Leaving active={kept.touched && written} onDiscard={kept.clear} />
      <div className="rule-page">
        <Panel title={t('rule.rule')}>
          <form
            className="form"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              press();
            }}
          >
            <RuleForm
              draft={draft}
              fault={(field) => (shown ? faults.get(field) : undefined)}
              onChange={change}
            />
            {shown &&
              elsewhere.map(([, detail]) => (
                <p key={detail} role="alert" className="frame-fault">
                  {detail}
                </p>
              ))}
            <div className="form-row">
              <Button type="primary" htmlType="submit" disabled={rule !== null && !written}>
                {t('rule.save')}
              </Button>
              {kept.found && written && <Button onClick={() => kept.clear()}>{t('rule.discard')}</Button>}
              <span role="status">
                {fine && !unwritten ? (
                  <Mark tone="green" shape="tick">
                    {t('rule.valid')}
                  </Mark>
                ) : shown && faults.size > 0 ? (
                  <Mark tone="red" shape="triangle">
                    {t('rule.invalid', { n: faults.size })}
                  </Mark>
                ) : null}
              </span>
            </div>
          </form>
        </Panel>
        <div className="rule-side">
          {draft.kind === 'alert' && (
            <RulePreview
              yaml={rested}
              expr={drawnOf(check.data?.rule)}
              ready={check.data?.problems.length === 0 && !check.isPlaceholderData}
            />
          )}
          <Panel>
            <details className="rule-more">
              <summary>{t('rule.as_yaml')}</summary>
              <pre className="rule-yaml">{yaml}</pre>
            </details>
          </Panel>
          {rule && <RuleVersions id={rule.id} />}
        </div>
      </div>
      {asking && (
        <Ask
          name="rule-save"
          title={t('rule.save')}
          done={t('rule.saved')}
          fields={reason}
          label={() => t('rule.reason')}
          begun={{ yaml }}
          act={save}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** For who may not write: the text, what it would have told, and its versions. */
function Reading({ rule }: { rule: OwnRule }) {
  const { t } = useTranslation();
  return (
    <div className="rule-page">
      <Panel title={t('rule.rule')}>
        <pre className="rule-yaml">{rule.yaml}</pre>
      </Panel>
      <div className="rule-side">
        {!rule.recording && rule.rule && <RulePreview yaml={rule.yaml} expr={drawnOf(rule.rule)} ready />}
        <RuleVersions id={rule.id} />
      </div>
    </div>
  );
}

function Switch({ rule }: { rule: OwnRule }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const act = useRuleSwitch(rule);
  const word = rule.active ? 'rule.disable' : 'rule.enable';
  return (
    <>
      <Button danger={rule.active} onClick={() => setAsking(true)}>
        {t(word)}
      </Button>
      {asking && (
        <Ask
          name="rule-switch"
          title={t(word)}
          lead={t(`${word}_lead`, { name: rule.name })}
          done={t(rule.active ? 'rule.was_disabled' : 'rule.was_enabled')}
          fields={reason}
          label={() => t('rule.reason')}
          danger={rule.active}
          act={act}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Existing({ id }: { id: string }) {
  const { t } = useTranslation();
  const may = useMay()('rule.write');
  const query = useOwnRule(id);
  if (query.error instanceof ApiProblem && query.error.status === 404)
    return <Empty title={t('rule.missing')} hint={t('rule.missing_hint')} />;
  return (
    <Loaded query={query}>
      {(rule) => (
        <>
          <PageHead
            title={rule.name}
            lead={
              <>
                <Mark tone={rule.active ? 'green' : 'neutral'} shape={rule.active ? 'tick' : 'pause'}>
                  {t(rule.active ? 'rule.active' : 'rule.inactive')}
                </Mark>{' '}
                v{rule.version} · {rule.author_name}
              </>
            }
            extra={may && <Switch rule={rule} />}
          />
          {may && rule.rule ? <Editing key={rule.version} rule={rule} started="" /> : <Reading rule={rule} />}
        </>
      )}
    </Loaded>
  );
}

export default function RuleEditor() {
  const { t } = useTranslation();
  const { id } = useParams();
  const [params] = useSearchParams();
  const may = useMay()('rule.write');
  if (id !== 'new')
    return (
      <div className="page">
        <Existing id={id ?? ''} />
      </div>
    );
  return (
    <div className="page">
      <PageHead title={t('rule.new')} lead={t('rule.new_lead')} />
      {may ? (
        <Editing rule={null} started={params.get('q') ?? ''} />
      ) : (
        <Empty title={t('rule.may_not')} hint={t('rule.may_not_hint')} />
      )}
    </div>
  );
}
