// Who does my steps while I am away: from when until when, and why.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '@/api/session';
import { useDeputies, useDeputyActions } from '@/api/tasks';
import type { Deputy, Labels, ModuleField } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { formatInstant } from '@/kit/format';
import { Panel } from '@/kit/panel';
import { Ask } from '@/record/ask';
import { Refusal } from '@/record/refusal';

const fields: ModuleField[] = [
  { name: 'deputy', kind: 'reference', target: 'person', required: true },
  { name: 'starts_at', kind: 'instant', required: true },
  { name: 'ends_at', kind: 'instant', required: true },
  { name: 'reason', kind: 'line', required: false },
];

function AddDeputy({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { add } = useDeputyActions();
  return (
    <Ask
      name="deputy"
      title={t('deputy.add')}
      done={t('deputy.added')}
      fields={fields}
      label={(field) => t(`deputy.${field}`)}
      act={add}
      onClose={onClose}
    />
  );
}

interface LineProps {
  deputy: Deputy;
  labels: Labels;
  mine: boolean;
  onEnd?: () => void;
}

function Line({ deputy, labels, mine, onEnd }: LineProps) {
  const { t } = useTranslation();
  const name = (id: string) => labels[id] ?? id.slice(0, 8);
  return (
    <li>
      <span>
        <b>
          {mine
            ? t('deputy.stands_in', { who: name(deputy.deputy) })
            : t('deputy.stands_in_for', { who: name(deputy.deputy), whom: name(deputy.person) })}
        </b>{' '}
        <span className="muted figures">
          {formatInstant(deputy.starts_at)} – {formatInstant(deputy.ends_at)}
        </span>{' '}
        <span className="muted">{deputy.reason}</span>
      </span>
      {onEnd && (
        <Button size="small" danger onClick={onEnd}>
          {t('deputy.end')}
        </Button>
      )}
    </li>
  );
}

export function DeputyPart() {
  const { t } = useTranslation();
  const me = useSession().person.id;
  const may = useMay();
  const deputies = useDeputies();
  const { end } = useDeputyActions();
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title={t('deputy.title')}
      extra={
        <Button size="small" onClick={() => setAdding(true)}>
          {t('deputy.add')}
        </Button>
      }
    >
      <p className="muted">{t('deputy.lead')}</p>
      <Refusal error={end.error} />
      <Loaded
        query={deputies}
        lines={2}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('deputy.none')} />}
      >
        {(data) => (
          <ul className="lines">
            {data.items.map((deputy) => (
              <Line
                key={deputy.id}
                deputy={deputy}
                labels={data.labels}
                mine={deputy.person === me}
                onEnd={deputy.person === me || may('task.assign') ? () => end.mutate(deputy.id) : undefined}
              />
            ))}
          </ul>
        )}
      </Loaded>
      {adding && <AddDeputy onClose={() => setAdding(false)} />}
    </Panel>
  );
}
