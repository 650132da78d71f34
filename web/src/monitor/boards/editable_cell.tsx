// A panel in the editor: dragged to another place by its head, drawn larger by its corner, and by the keyboard:
// arrows move, with Shift they resize, Delete takes it away, Enter opens its form.
import { CopyOutlined, DeleteOutlined, EditOutlined, HolderOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardContent, BoardPanel } from '@/api/boards';
import { copyPanel, dropPanel, movePanel, removePanel, resizePanel } from './edit';
import { place } from './grid';
import { PanelView, type Scene } from './panel_view';

interface CellProps {
  content: BoardContent;
  row: number;
  panel: BoardPanel;
  scene: Scene;
  selected: boolean;
  change: (next: BoardContent) => void;
  select: (id: string | null) => void;
}

const row_px = 48;
const carried = 'application/x-board-panel';

type Act = (content: BoardContent, id: string) => BoardContent;

const keys: Record<string, Act> = {
  ArrowLeft: (content, id) => movePanel(content, id, -1),
  ArrowUp: (content, id) => movePanel(content, id, -1),
  ArrowRight: (content, id) => movePanel(content, id, 1),
  ArrowDown: (content, id) => movePanel(content, id, 1),
  'Shift+ArrowLeft': (content, id) => resizePanel(content, id, -1, 0),
  'Shift+ArrowRight': (content, id) => resizePanel(content, id, 1, 0),
  'Shift+ArrowUp': (content, id) => resizePanel(content, id, 0, -1),
  'Shift+ArrowDown': (content, id) => resizePanel(content, id, 0, 1),
  Delete: removePanel,
};

function Corner({ content, panel, change }: Pick<CellProps, 'content' | 'panel' | 'change'>) {
  const begun = useRef<{ x: number; y: number; column: number; content: BoardContent } | null>(null);
  const begin = (event: PointerEvent<HTMLElement>) => {
    const grid = event.currentTarget.closest('.board-grid');
    begun.current = { x: event.clientX, y: event.clientY, column: (grid?.clientWidth ?? 1200) / 12, content };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const from = begun.current;
    if (!from) return;
    const wider = Math.round((event.clientX - from.x) / from.column);
    const taller = Math.round((event.clientY - from.y) / row_px);
    change(resizePanel(from.content, panel.id, wider, taller));
  };
  return (
    <span
      className="cell-corner"
      aria-hidden="true"
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={() => (begun.current = null)}
      onPointerCancel={() => (begun.current = null)}
    />
  );
}

export function EditableCell({ content, row, panel, scene, selected, change, select }: CellProps) {
  const { t } = useTranslation();
  const press = (event: KeyboardEvent) => {
    const act = keys[`${event.shiftKey ? 'Shift+' : ''}${event.key}`];
    if (!act) return;
    event.preventDefault();
    change(act(content, panel.id));
  };
  const name = panel.title || t(`board.kind.${panel.kind}`);
  const tools = (
    <span className="cell-tools">
      <Button
        size="small"
        type="text"
        icon={<HolderOutlined />}
        className="cell-handle"
        title={t('board.move_hint')}
        aria-label={t('board.move', { title: name })}
        onKeyDown={press}
      />
      <Button
        size="small"
        type="text"
        icon={<EditOutlined />}
        aria-label={t('board.edit_panel', { title: name })}
        aria-pressed={selected}
        onClick={() => select(selected ? null : panel.id)}
      />
      <Button
        size="small"
        type="text"
        icon={<CopyOutlined />}
        aria-label={t('board.copy_panel', { title: name })}
        onClick={() => change(copyPanel(content, panel.id))}
      />
      <Button
        size="small"
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t('board.remove_panel', { title: name })}
        onClick={() => change(removePanel(content, panel.id))}
      />
    </span>
  );
  return (
    <div
      className="board-cell board-cell-edited"
      data-selected={selected || undefined}
      style={place(panel)}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(carried, panel.id)}
      onDragOver={(event) => event.dataTransfer.types.includes(carried) && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        change(dropPanel(content, event.dataTransfer.getData(carried), row, panel.id));
      }}
    >
      <PanelView panel={panel} scene={scene} tools={tools} />
      <Corner content={content} panel={panel} change={change} />
    </div>
  );
}
