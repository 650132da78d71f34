// A query or the charts of a system put on a board: on one of the own, or on a new one.
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import {
  contentOf,
  makeBoard,
  readBoard,
  saveBoard,
  useBoardCommand,
  useBoards,
  type BoardPanel,
  type BoardVariable,
} from '@/api/boards';
import { Dialog } from '@/kit/dialog';
import { tell } from '@/kit/toast';
import { Frame } from '@/record/frame';
import { Refusal } from '@/record/refusal';
import { addPanel, emptyBoard, newPanel } from './edit';

interface AddProps {
  title: string;
  /** What is put on it; ids are given by the board. */
  panels: Partial<BoardPanel>[];
  /** Only a new board takes variables. */
  variables?: BoardVariable[];
  onClose: () => void;
}

const fresh = 'new';

export default function AddToBoard({ title, panels, variables = [], onClose }: AddProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const boards = (useBoards('').data?.pages.flatMap((page) => page.items) ?? []).filter(
    (one) => one.may_edit,
  );
  const [target, setTarget] = useState(fresh);
  const [name, setName] = useState(title);
  const act = useBoardCommand(async () => {
    const known = target === fresh ? null : await readBoard(target);
    let content = known ? contentOf(known) : { ...emptyBoard(name.trim()), variables };
    for (const panel of panels)
      content = addPanel(content, { ...newPanel(content, panel.kind ?? 'chart'), ...panel });
    return known ? saveBoard(known.id, known.version, content) : makeBoard(content);
  });
  return (
    <Dialog
      title={t(variables.length > 0 ? 'board.save_as' : 'board.add_to')}
      open
      onClose={onClose}
      footer={
        <Button
          type="primary"
          loading={act.isPending}
          disabled={target === fresh && !name.trim()}
          onClick={() =>
            act.mutate(undefined, {
              onSuccess: (made) => {
                tell(t('board.added', { title: made.title }), { href: `/monitor/boards/${made.id}` });
                onClose();
                void navigate(`/monitor/boards/${made.id}`);
              },
            })
          }
        >
          {t(variables.length > 0 ? 'board.save_as' : 'board.add_to')}
        </Button>
      }
    >
      <div className="form">
        <Refusal error={act.error} />
        {variables.length === 0 && (
          <Frame id="add-board" label={t('board.target')} required>
            <Select
              id="add-board"
              showSearch
              optionFilterProp="label"
              value={target}
              onChange={setTarget}
              options={[
                { value: fresh, label: t('board.new') },
                ...boards.map((board) => ({ value: board.id, label: board.title })),
              ]}
            />
          </Frame>
        )}
        {target === fresh && (
          <Frame id="add-title" label={t('board.title')} required>
            <Input
              id="add-title"
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.target.value)}
            />
          </Frame>
        )}
      </div>
    </Dialog>
  );
}
