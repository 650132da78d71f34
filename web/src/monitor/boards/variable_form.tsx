// The variables of a board: each a label whose values are chosen from, a list, or a text.
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BoardVariable } from '@/api/boards';
import { Dialog } from '@/kit/dialog';

interface FormProps {
  variables: BoardVariable[];
  change: (next: BoardVariable[]) => void;
  onClose: () => void;
}

const fresh = (name: string): BoardVariable => ({
  name,
  label: '',
  kind: 'label',
  selector: 'up',
  label_name: 'instance',
  many: false,
  values: [],
  chosen: [],
});

function freeName(variables: BoardVariable[]): string {
  const taken = new Set(variables.map((one) => one.name));
  if (!taken.has('instance')) return 'instance';
  let number = 2;
  while (taken.has(`variable_${number}`)) number += 1;
  return `variable_${number}`;
}

interface LineProps {
  one: BoardVariable;
  put: (part: Partial<BoardVariable>) => void;
  remove: () => void;
}

function Line({ one, put, remove }: LineProps) {
  const { t } = useTranslation();
  const text = (key: 'name' | 'label' | 'selector' | 'label_name') => (
    <label>
      {t(`board.variable.${key}`)}
      <Input value={one[key]} maxLength={200} onChange={(event) => put({ [key]: event.target.value })} />
    </label>
  );
  return (
    <li className="variable-line">
      {text('name')}
      {text('label')}
      <label>
        {t('board.variable.kind')}
        <Select
          value={one.kind}
          onChange={(kind) => put({ kind })}
          options={(['label', 'list', 'text'] as const).map((value) => ({
            value,
            label: t(`board.variable.kind.${value}`),
          }))}
        />
      </label>
      {one.kind === 'label' && text('selector')}
      {one.kind === 'label' && text('label_name')}
      {one.kind === 'list' && (
        <label>
          {t('board.variable.values')}
          <Input
            value={one.values.join(', ')}
            onChange={(event) => put({ values: event.target.value.split(',').map((part) => part.trim()) })}
          />
        </label>
      )}
      <span className="form-row">
        {one.kind !== 'text' && (
          <Checkbox checked={one.many} onChange={(event) => put({ many: event.target.checked })}>
            {t('board.variable.many')}
          </Checkbox>
        )}
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('board.variable.remove', { name: one.name })}
          onClick={remove}
        />
      </span>
    </li>
  );
}

export function VariableForm({ variables, change, onClose }: FormProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('board.variables')}
      open
      onClose={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('kit.close')}
        </Button>
      }
    >
      <p className="muted">{t('board.variables_lead')}</p>
      <ul className="variable-lines">
        {variables.map((one, at) => (
          <Line
            key={at}
            one={one}
            put={(part) =>
              change(variables.map((each, index) => (index === at ? { ...each, ...part } : each)))
            }
            remove={() => change(variables.filter((_, index) => index !== at))}
          />
        ))}
      </ul>
      <Button onClick={() => change([...variables, fresh(freeName(variables))])}>
        {t('board.variable.add')}
      </Button>
    </Dialog>
  );
}
