// Changing a board: panels by mouse and keyboard, the chosen one with its form beside it. Nothing is stored until
// it is saved; somebody who saved in between is named.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  contentOf,
  saveBoard,
  useBoardCommand,
  type Board,
  type BoardContent,
  type PanelKind,
} from '@/api/boards';
import { useDelayed } from '@/kit/delayed';
import { Dialog } from '@/kit/dialog';
import { useKeys } from '@/kit/keys';
import { tell } from '@/kit/toast';
import { useLeaving } from '@/record/draft';
import { Refusal } from '@/record/refusal';
import {
  addPanel,
  addRow,
  changePanel,
  changeRow,
  findPanel,
  kinds,
  newPanel,
  removeRow,
  sameContent,
} from './edit';
import { EditableCell } from './editable_cell';
import { PanelForm } from './panel_form';
import { RefreshChoice } from './refresh_choice';
import { useVariables, VariableBar } from './variable_bar';
import { VariableForm } from './variable_form';
import './boards.css';

interface LeaveProps {
  open: boolean;
  onStay: () => void;
  onDiscard: () => void;
}

function Leave({ open, onStay, onDiscard }: LeaveProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('board.leave_title')}
      open={open}
      onClose={onStay}
      footer={
        <>
          <Button danger onClick={onDiscard}>
            {t('board.leave_discard')}
          </Button>
          <Button type="primary" onClick={onStay}>
            {t('board.leave_stay')}
          </Button>
        </>
      }
    >
      <p>{t('board.leave_text')}</p>
    </Dialog>
  );
}

interface RowProps {
  content: BoardContent;
  at: number;
  change: (next: BoardContent) => void;
}

function RowHead({ content, at, change }: RowProps) {
  const { t } = useTranslation();
  const row = content.rows[at]!;
  return (
    <div className="row-head">
      <Input
        aria-label={t('board.row_title')}
        placeholder={t('board.row_title')}
        value={row.title}
        maxLength={200}
        onChange={(event) => change(changeRow(content, at, { title: event.target.value }))}
      />
      <Button size="small" onClick={() => change(removeRow(content, at))}>
        {t('board.remove_row')}
      </Button>
    </div>
  );
}

function Settings({ content, change }: { content: BoardContent; change: (next: BoardContent) => void }) {
  const { t } = useTranslation();
  return (
    <div className="board-settings">
      <Input
        id="board-title"
        aria-label={t('board.title')}
        value={content.title}
        maxLength={200}
        onChange={(event) => change({ ...content, title: event.target.value })}
      />
      <Input
        aria-label={t('board.description')}
        placeholder={t('board.description')}
        value={content.description}
        maxLength={2000}
        onChange={(event) => change({ ...content, description: event.target.value })}
      />
      <RefreshChoice
        value={content.refresh_s}
        own={content.refresh_s}
        onChange={(refresh_s) => change({ ...content, refresh_s })}
      />
    </div>
  );
}

export default function Editor({ board, onDone }: { board: Board; onDone: () => void }) {
  const { t } = useTranslation();
  const begun = contentOf(board);
  const [content, setContent] = useState<BoardContent>(begun);
  const [selected, setSelected] = useState<string | null>(null);
  const [variables_open, setVariablesOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const variables = useVariables(content.variables);
  const typed = useDelayed(content, 500);
  const save = useBoardCommand((given: BoardContent) => saveBoard(board.id, board.version, given));
  const touched = !sameContent(begun, content);
  const blocker = useLeaving(touched && !save.isPending && !save.isSuccess);
  const panel = selected ? findPanel(content, selected) : undefined;
  const scene = {
    range_s: content.range_s,
    refresh_s: 0,
    variables: content.variables,
    chosen: variables.chosen,
    group: `edit-${board.id}`,
  };
  const store = () => {
    if (!touched) return onDone();
    save.mutate(content, {
      onSuccess: () => {
        tell(t('board.saved'));
        onDone();
      },
    });
  };
  useKeys({ 'Ctrl+s': store, Escape: () => setSelected(null) });
  const add = (kind: PanelKind) => {
    const made = newPanel(content, kind);
    setContent(addPanel(content, made));
    setSelected(made.id);
  };
  return (
    <div className="page board-page">
      <header className="board-edit-head">
        <Settings content={content} change={setContent} />
        <Dropdown
          trigger={['click']}
          menu={{
            items: kinds.map((key) => ({ key, label: t(`board.kind.${key}`) })),
            onClick: ({ key }) => add(key as PanelKind),
          }}
        >
          <Button icon={<PlusOutlined />} className="add-panel">
            {t('board.add_panel')}
          </Button>
        </Dropdown>
        <Button onClick={() => setContent(addRow(content, t('board.row')))}>{t('board.add_row')}</Button>
        <Button onClick={() => setVariablesOpen(true)}>{t('board.variables')}</Button>
        <Button onClick={() => (touched ? setAsking(true) : onDone())}>{t('kit.cancel')}</Button>
        <Button type="primary" loading={save.isPending} onClick={store} title="Ctrl+S" className="save-board">
          {t('board.save')}
        </Button>
      </header>
      <Refusal error={save.error} />
      <VariableBar variables={content.variables} state={variables} />
      <div className={panel ? 'board-edit board-edit-open' : 'board-edit'}>
        <div>
          {content.rows.map((row, at) => (
            <section key={at} className="board-row" aria-label={row.title || undefined}>
              <RowHead content={content} at={at} change={setContent} />
              <div className="board-grid">
                {row.panels.map((one) => (
                  <EditableCell
                    key={one.id}
                    content={content}
                    row={at}
                    panel={{ ...one, queries: findPanel(typed, one.id)?.queries ?? one.queries }}
                    scene={scene}
                    selected={one.id === selected}
                    change={setContent}
                    select={setSelected}
                  />
                ))}
              </div>
            </section>
          ))}
          {content.rows.length === 0 && <p className="panel-calm muted">{t('board.empty_hint')}</p>}
        </div>
        {panel && (
          <PanelForm
            key={panel.id}
            panel={panel}
            change={(part) => setContent(changePanel(content, panel.id, part))}
            onClose={() => setSelected(null)}
          />
        )}
      </div>
      {variables_open && (
        <VariableForm
          variables={content.variables}
          change={(next) => setContent({ ...content, variables: next })}
          onClose={() => setVariablesOpen(false)}
        />
      )}
      <Leave
        open={blocker.state === 'blocked'}
        onStay={() => blocker.reset?.()}
        onDiscard={() => blocker.proceed?.()}
      />
      <Leave open={asking} onStay={() => setAsking(false)} onDiscard={onDone} />
    </div>
  );
}
