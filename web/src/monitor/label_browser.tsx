// Finding a series without knowing its name: choose a metric, then values of its labels.
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMetricMetadata, useMetricNames, useMetricSeries } from '@/api/monitor';
import { Empty, Loaded, Skeleton } from '@/kit/faces';
import { labelsOf, selectorOf, type Chosen } from './selector';

const most_names = 200;
const most_values = 40;

interface BrowserProps {
  onUse: (selector: string) => void;
}

function Labels({
  metric,
  chosen,
  setChosen,
}: {
  metric: string;
  chosen: Chosen;
  setChosen: (chosen: Chosen) => void;
}) {
  const { t } = useTranslation();
  const toggle = (label: string, value: string) => {
    const before = chosen[label] ?? [];
    const next = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
    setChosen({ ...chosen, [label]: next });
  };
  return (
    <Loaded
      query={useMetricSeries(metric)}
      lines={4}
      isEmpty={(series) => series.length === 0}
      empty={<Empty title={t('monitor.no_series')} />}
    >
      {(series) => (
        <div className="label-groups">
          {labelsOf(series).map((label) => (
            <fieldset key={label.name} className="label-group">
              <legend>
                {label.name} <span className="faint figures">{label.values.length}</span>
              </legend>
              {label.values.slice(0, most_values).map(([value, count]) => (
                <button
                  key={value}
                  type="button"
                  className="label-value"
                  aria-pressed={chosen[label.name]?.includes(value) ?? false}
                  onClick={() => toggle(label.name, value)}
                >
                  {value || '""'} <span className="faint figures">{count}</span>
                </button>
              ))}
              {label.values.length > most_values && (
                <span className="faint">
                  {t('monitor.more_values', { n: label.values.length - most_values })}
                </span>
              )}
            </fieldset>
          ))}
        </div>
      )}
    </Loaded>
  );
}

export function LabelBrowser({ onUse }: BrowserProps) {
  const { t } = useTranslation();
  const names = useMetricNames();
  const facts = useMetricMetadata().data ?? {};
  const [text, setText] = useState('');
  const [metric, setMetric] = useState('');
  const [chosen, setChosen] = useState<Chosen>({});
  const found = (names.data ?? []).filter((name) => name.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <div className="label-browser">
      <div className="label-metrics">
        <Input
          allowClear
          aria-label={t('monitor.find_metric')}
          placeholder={t('monitor.find_metric')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {names.isPending && <Skeleton lines={6} />}
        <ul className="label-names" tabIndex={0} aria-label={t('monitor.metrics')}>
          {found.slice(0, most_names).map((name) => (
            <li key={name}>
              <button
                type="button"
                aria-pressed={name === metric}
                title={facts[name]?.[0]?.help}
                onClick={() => {
                  setMetric(name);
                  setChosen({});
                }}
              >
                <code>{name}</code>
                {facts[name]?.[0]?.type && <span className="faint"> {facts[name][0].type}</span>}
              </button>
            </li>
          ))}
        </ul>
        {found.length > most_names && (
          <p className="faint">{t('monitor.more_metrics', { n: found.length - most_names })}</p>
        )}
        {names.data && found.length === 0 && <p className="muted">{t('record.nothing_found')}</p>}
      </div>
      <div className="label-choice">
        {metric === '' ? (
          <p className="muted">{t('monitor.choose_metric')}</p>
        ) : (
          <>
            {facts[metric]?.[0]?.help && <p className="muted">{facts[metric][0].help}</p>}
            <Labels metric={metric} chosen={chosen} setChosen={setChosen} />
            <div className="label-use">
              <code>{selectorOf(metric, chosen)}</code>
              <Button type="primary" onClick={() => onUse(selectorOf(metric, chosen))}>
                {t('monitor.use_selector')}
              </Button>
            </div>
          </>
        )}
      </div>
    </div>
  );
}
