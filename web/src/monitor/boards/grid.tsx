// The rows of a board: twelve columns at a desk, one on a phone. A row that is folded asks for nothing.
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardContent, BoardRow } from '@/api/boards';
import { filledText } from './variables';
import { PanelView, type Scene } from './panel_view';
import './boards.css';

export const place = (panel: { span: number; height: number }) => ({
  gridColumn: `span ${panel.span}`,
  gridRow: `span ${panel.height}`,
});

function Row({ row, scene }: { row: BoardRow; scene: Scene }) {
  const { t } = useTranslation();
  const [folded, setFolded] = useState(row.folded);
  const title = filledText(row.title, scene.chosen, t('board.every'));
  return (
    <section className="board-row" aria-label={title || undefined}>
      {title && (
        <h2>
          <button type="button" aria-expanded={!folded} onClick={() => setFolded(!folded)}>
            {folded ? <RightOutlined /> : <DownOutlined />} {title}
            {folded && <span className="faint"> {t('board.panels_count', { n: row.panels.length })}</span>}
          </button>
        </h2>
      )}
      {(!folded || !title) && (
        <div className="board-grid">
          {row.panels.map((panel) => (
            <div key={panel.id} className="board-cell" style={place(panel)}>
              <PanelView panel={panel} scene={scene} />
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

export function BoardGrid({ board, scene }: { board: BoardContent; scene: Scene }) {
  return (
    <>
      {board.rows.map((row, at) => (
        <Row key={at} row={row} scene={scene} />
      ))}
    </>
  );
}
