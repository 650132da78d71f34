// The versions of a rule, the newest first: who changed what, when and why.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRuleVersions, type OwnRule } from '@/api/rules';
import { Loaded } from '@/kit/faces';
import { Panel } from '@/kit/panel';
import { Time } from '@/kit/time';
import { textDifference } from './text_difference';

function Difference({ before, after }: { before: string; after: string }) {
  return (
    <pre className="rule-difference">
      {textDifference(before, after).map(({ kind, text }, index) =>
        kind === 'added' ? (
          <ins key={index}>+ {text}</ins>
        ) : kind === 'removed' ? (
          <del key={index}>- {text}</del>
        ) : (
          <span key={index}>{`  ${text}\n`}</span>
        ),
      )}
    </pre>
  );
}

/** What a version did, told from the one before it. */
function verb(one: OwnRule, before: OwnRule | undefined): string {
  if (!before) return 'rule.made';
  if (one.active !== before.active) return one.active ? 'rule.enabled' : 'rule.disabled';
  return 'rule.changed';
}

function Version({ one, before }: { one: OwnRule; before: OwnRule | undefined }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const differs = before !== undefined && before.yaml !== one.yaml;
  return (
    <li>
      <span className="form-row">
        <b className="figures">v{one.version}</b>
        <span>{t(verb(one, before))}</span>
        <span className="muted">{one.author_name}</span>
        <Time at={one.at} />
      </span>
      <span>{one.reason}</span>
      {(differs || !before) && (
        <span>
          <button type="button" className="text-button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(differs ? 'rule.see_difference' : 'rule.see_text')}
          </button>
        </span>
      )}
      {open &&
        (differs ? (
          <Difference before={before.yaml} after={one.yaml} />
        ) : (
          <pre className="rule-yaml">{one.yaml}</pre>
        ))}
    </li>
  );
}

export function RuleVersions({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('rule.versions')}>
      <Loaded query={useRuleVersions(id)}>
        {(data) => (
          <ol className="rule-versions">
            {data.items.map((one, index) => (
              <Version key={one.version} one={one} before={data.items[index + 1]} />
            ))}
          </ol>
        )}
      </Loaded>
    </Panel>
  );
}
