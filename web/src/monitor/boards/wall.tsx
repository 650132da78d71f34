// Boards on a wall screen: dark, large, in turn, renewed by themselves. Nothing on it tells who is signed in.
import { FullscreenOutlined } from '@ant-design/icons';
import { useQueries } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { readBoard, type Board } from '@/api/boards';
import { Empty, ErrorFace, Skeleton } from '@/kit/faces';
import { useKeys } from '@/kit/keys';
import { Dark } from '@/kit/theme';
import { WallCorner } from '@/kit/wall_corner';
import { facesOf, type Face } from './faces';
import { PanelView } from './panel_view';
import { useVariables } from './variable_bar';
import './boards.css';

const most_boards = 20;
const face_rows = 16;
const usual_turn_s = 20;

function FaceView({ board, face, at, of }: { board: Board; face: Face; at: number; of: number }) {
  const { t } = useTranslation();
  const variables = useVariables(board.variables);
  const scene = {
    range_s: board.range_s,
    // A wall nobody touches must not stand still.
    refresh_s: board.refresh_s || 30,
    variables: board.variables,
    chosen: variables.chosen,
    group: `wall-${board.id}`,
  };
  return (
    <section className="board-wall-face" aria-label={board.title}>
      <h1>
        {board.title}
        {face.title && <span className="muted"> · {face.title}</span>}
        {of > 1 && (
          <span className="faint figures" aria-label={t('board.face', { n: at + 1, of })}>
            {' '}
            {at + 1}/{of}
          </span>
        )}
      </h1>
      <div
        className="board-wall-grid"
        style={{ gridTemplateRows: `repeat(${face.height}, minmax(26px, 1fr))` }}
      >
        {face.panels.map((panel) => (
          <div
            key={panel.id}
            className="board-cell"
            style={{ gridColumn: `span ${panel.span}`, gridRow: `span ${panel.height}` }}
          >
            <PanelView panel={panel} scene={scene} />
          </div>
        ))}
      </div>
    </section>
  );
}

export default function BoardWall() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const ids = params.getAll('board').slice(0, most_boards);
  const turn_s = Math.min(3600, Math.max(5, Number(params.get('turn')) || usual_turn_s));
  const boards = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['board-of', id],
      queryFn: () => readBoard(id),
      refetchInterval: 60_000,
    })),
  });
  const shown = boards.flatMap(({ data }) =>
    data ? facesOf(data, face_rows).map((face, at, all) => ({ board: data, face, at, of: all.length })) : [],
  );
  const [turn, setTurn] = useState(0);
  const now = shown.length > 0 ? turn % shown.length : 0;
  useEffect(() => {
    if (shown.length < 2) return;
    const timer = setTimeout(() => setTurn((now + 1) % shown.length), turn_s * 1000);
    return () => clearTimeout(timer);
  }, [now, shown.length, turn_s]);
  const leave = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    void navigate(ids.length === 1 ? `/monitor/boards/${ids[0]}` : '/monitor/boards');
  };
  useKeys({
    Escape: leave,
    ArrowRight: () => setTurn(now + 1),
    ArrowLeft: () => setTurn(now + Math.max(shown.length, 1) - 1),
    f: () => void document.documentElement.requestFullscreen(),
  });
  const failed = boards.find((one) => one.error && !one.data);
  const face = shown[now];
  return (
    <Dark>
      <main id="main" className="board-wall">
        <header>
          <WallCorner onLeave={leave}>
            <Button
              type="text"
              icon={<FullscreenOutlined />}
              aria-label={t('board.full_screen')}
              title="f"
              onClick={() => void document.documentElement.requestFullscreen()}
            />
          </WallCorner>
        </header>
        {face ? (
          <FaceView key={`${face.board.id}-${face.at}`} {...face} />
        ) : failed ? (
          <ErrorFace error={failed.error} since={failed.errorUpdatedAt} />
        ) : boards.some((one) => one.isPending) ? (
          <Skeleton lines={8} />
        ) : (
          <Empty title={t('board.wall_empty')} hint={t('board.wall_empty_hint')} />
        )}
      </main>
    </Dark>
  );
}
