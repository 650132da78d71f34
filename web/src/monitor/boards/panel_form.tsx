// The form of one panel; what is typed shows in the panel at once.
import { CloseOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BoardPanel, PanelKind, PanelTone, Reduce } from '@/api/boards';
import { Frame } from '@/record/frame';
import { Expression } from '../expression';
import { kinds } from './edit';

interface FormProps {
  panel: BoardPanel;
  change: (part: Partial<BoardPanel>) => void;
  onClose: () => void;
}

const units = [
  '',
  'percent',
  'ratio',
  'bytes',
  'bytes/s',
  'bit/s',
  's',
  'ms',
  '/s',
  'Hz',
  '℃',
  'V',
  'A',
  'W',
  'rpm',
];
const tones: PanelTone[] = ['neutral', 'green', 'orange', 'red'];
const reductions: Reduce[] = ['last', 'mean', 'minimum', 'maximum', 'sum'];

function Queries({ panel, change }: Omit<FormProps, 'onClose'>) {
  const { t } = useTranslation();
  const put = (at: number, part: Partial<BoardPanel['queries'][number]>) =>
    change({ queries: panel.queries.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <fieldset className="panel-queries">
      <legend>{t('board.queries')}</legend>
      {panel.queries.map((one, at) => (
        <div key={at} className="panel-query">
          <Expression
            label={t('board.query_n', { n: at + 1 })}
            value={one.expr}
            onChange={(expr) => put(at, { expr })}
          />
          <span className="form-row">
            <Input
              aria-label={t('board.query_legend', { n: at + 1 })}
              placeholder="{{instance}}"
              value={one.legend}
              maxLength={200}
              onChange={(event) => put(at, { legend: event.target.value })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('board.remove_query', { n: at + 1 })}
              onClick={() => change({ queries: panel.queries.filter((_, index) => index !== at) })}
            />
          </span>
        </div>
      ))}
      <Button size="small" onClick={() => change({ queries: [...panel.queries, { expr: '', legend: '' }] })}>
        {t('board.add_query')}
      </Button>
    </fieldset>
  );
}

function ToneSelect({ value, onChange }: { value: PanelTone; onChange: (tone: PanelTone) => void }) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t('board.tone')}
      value={value}
      onChange={onChange}
      options={tones.map((tone) => ({ value: tone, label: t(`board.tone.${tone}`) }))}
    />
  );
}

function Thresholds({ panel, change }: Omit<FormProps, 'onClose'>) {
  const { t } = useTranslation();
  const put = (next: BoardPanel['thresholds']) => change({ thresholds: next });
  const last = panel.thresholds[panel.thresholds.length - 1];
  return (
    <fieldset className="panel-thresholds">
      <legend>{t('board.thresholds')}</legend>
      <span className="form-row">
        <span className="muted">{t('board.base')}</span>
        <ToneSelect value={panel.base} onChange={(base) => change({ base })} />
      </span>
      {panel.thresholds.map((one, at) => (
        <span key={at} className="form-row">
          <span className="muted">≥</span>
          <InputNumber
            aria-label={t('board.threshold_n', { n: at + 1 })}
            value={one.from}
            onChange={(from) =>
              put(panel.thresholds.map((each, index) => (index === at ? { ...each, from: from ?? 0 } : each)))
            }
          />
          <ToneSelect
            value={one.tone}
            onChange={(tone) =>
              put(panel.thresholds.map((each, index) => (index === at ? { ...each, tone } : each)))
            }
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('board.remove_threshold', { n: at + 1 })}
            onClick={() => put(panel.thresholds.filter((_, index) => index !== at))}
          />
        </span>
      ))}
      <Button
        size="small"
        onClick={() =>
          put([
            ...panel.thresholds,
            { from: last ? last.from + 10 : 80, tone: last?.tone === 'orange' ? 'red' : 'orange' },
          ])
        }
      >
        {t('board.add_threshold')}
      </Button>
    </fieldset>
  );
}

function Figures({ panel, change }: Omit<FormProps, 'onClose'>) {
  const { t } = useTranslation();
  const chart = panel.kind === 'chart';
  return (
    <>
      <Queries panel={panel} change={change} />
      <Frame id="panel-unit" label={t('board.unit')}>
        <Select
          id="panel-unit"
          showSearch
          value={panel.unit}
          onChange={(unit) => change({ unit })}
          options={[...new Set([...units, panel.unit])].map((value) => ({
            value,
            label: value === '' ? t('board.unit_none') : value,
          }))}
        />
      </Frame>
      {!chart && panel.kind !== 'states' && (
        <Frame id="panel-reduce" label={t('board.reduce')}>
          <Select
            id="panel-reduce"
            value={panel.reduce}
            onChange={(reduce) => change({ reduce })}
            options={reductions.map((value) => ({ value, label: t(`board.reduce.${value}`) }))}
          />
        </Frame>
      )}
      {(chart || panel.kind === 'gauge') && (
        <Frame id="panel-minimum" label={t('board.limits')}>
          <span className="form-row">
            <InputNumber
              id="panel-minimum"
              placeholder={t('board.minimum')}
              value={panel.minimum}
              onChange={(minimum) => change({ minimum })}
            />
            <InputNumber
              aria-label={t('board.maximum')}
              placeholder={t('board.maximum')}
              value={panel.maximum}
              onChange={(maximum) => change({ maximum })}
            />
          </span>
        </Frame>
      )}
      {chart && (
        <span className="form-row">
          <Checkbox checked={panel.legend} onChange={(event) => change({ legend: event.target.checked })}>
            {t('board.legend')}
          </Checkbox>
          <Checkbox checked={panel.stacked} onChange={(event) => change({ stacked: event.target.checked })}>
            {t('board.stacked')}
          </Checkbox>
        </span>
      )}
      <Thresholds panel={panel} change={change} />
    </>
  );
}

export function PanelForm({ panel, change, onClose }: FormProps) {
  const { t } = useTranslation();
  return (
    <aside className="panel-form form" aria-label={t('board.panel_form')}>
      <header className="form-row">
        <h2 className="grow">{t('board.panel_form')}</h2>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('kit.close')} onClick={onClose} />
      </header>
      <Frame id="panel-title" label={t('board.panel_title')}>
        <Input
          id="panel-title"
          value={panel.title}
          maxLength={200}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Frame>
      <Frame id="panel-kind" label={t('board.kind')} required>
        <Select<PanelKind>
          id="panel-kind"
          value={panel.kind}
          onChange={(kind) => change({ kind })}
          options={kinds.map((value) => ({ value, label: t(`board.kind.${value}`) }))}
        />
      </Frame>
      {panel.kind === 'text' ? (
        <Frame id="panel-text" label={t('board.text')} hint={t('board.text_hint')}>
          <Input.TextArea
            id="panel-text"
            rows={10}
            value={panel.text}
            maxLength={20000}
            onChange={(event) => change({ text: event.target.value })}
          />
        </Frame>
      ) : panel.kind === 'alerts' ? (
        <Frame id="panel-filter" label={t('board.filter')} hint={t('board.filter_hint')}>
          <Input
            id="panel-filter"
            value={panel.filter}
            maxLength={200}
            onChange={(event) => change({ filter: event.target.value })}
          />
        </Frame>
      ) : (
        <Figures panel={panel} change={change} />
      )}
    </aside>
  );
}
