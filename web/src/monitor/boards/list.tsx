// The boards one sees: found, opened, made, brought from Grafana, put on a wall.
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { makeBoard, useBoardCommand, useBoards, type BoardSummary } from '@/api/boards';
import { useMay } from '@/api/session';
import { useDelayed } from '@/kit/delayed';
import { Empty, ErrorFace, Skeleton } from '@/kit/faces';
import { PageHead } from '@/kit/panel';
import { Time } from '@/kit/time';
import { tell } from '@/kit/toast';
import { emptyBoard } from './edit';
import { ImportBoard } from './import';
import './boards.css';

interface CardProps {
  board: BoardSummary;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
}

function Card({ board, chosen, onChoose }: CardProps) {
  const { t } = useTranslation();
  return (
    <li className="board-card">
      <Link to={`/monitor/boards/${board.id}`}>
        <b>{board.title}</b>
      </Link>
      {board.description && <p className="muted">{board.description}</p>}
      <p className="faint">
        {t('board.panels_count', { n: board.panels })} · {t(`board.shared_with.${board.sharing.with}`)}
        {!board.mine && ` · ${board.owner_name}`}
      </p>
      <p className="faint">
        {board.author_name} · <Time at={board.updated_at} />
      </p>
      <Checkbox checked={chosen} onChange={(event) => onChoose(event.target.checked)}>
        {t('board.for_wall')}
      </Checkbox>
    </li>
  );
}

export default function Boards() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay()('board.write');
  const [search, setSearch] = useState('');
  const [importing, setImporting] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  // An empty one is made at once, so that everything after is a change of it.
  const begin = useBoardCommand(makeBoard);
  const list = useBoards(useDelayed(search.trim(), 300));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const make = may && (
    <Button
      type="primary"
      loading={begin.isPending}
      onClick={() =>
        begin.mutate(emptyBoard(t('board.untitled')), {
          onSuccess: (made) => void navigate(`/monitor/boards/${made.id}?edit=1`),
          onError: (error) => tell(error.message, { tone: 'error' }),
        })
      }
    >
      {t('board.new')}
    </Button>
  );
  return (
    <div className="page">
      <PageHead
        title={t('shell.boards')}
        lead={t('board.lead')}
        extra={
          <>
            {chosen.length > 0 && (
              <Button
                onClick={() => void navigate(`/monitor/wall?${chosen.map((id) => `board=${id}`).join('&')}`)}
              >
                {t('board.to_wall', { n: chosen.length })}
              </Button>
            )}
            {may && <Button onClick={() => setImporting(true)}>{t('board.import')}</Button>}
            {make}
          </>
        }
      />
      <Input.Search
        className="board-search"
        allowClear
        aria-label={t('board.search')}
        placeholder={t('board.search')}
        value={search}
        maxLength={60}
        onChange={(event) => setSearch(event.target.value)}
      />
      {list.error && !list.data && (
        <ErrorFace error={list.error} since={list.errorUpdatedAt} retry={() => void list.refetch()} />
      )}
      {list.isPending && <Skeleton lines={6} />}
      {list.data && items.length === 0 && (
        <Empty
          title={t(search ? 'board.none_found' : 'board.none')}
          hint={t(search ? 'board.none_found_hint' : 'board.none_hint')}
          action={!search && make}
        />
      )}
      <ul className="board-cards">
        {items.map((board) => (
          <Card
            key={board.id}
            board={board}
            chosen={chosen.includes(board.id)}
            onChoose={(on) =>
              setChosen((now) => (on ? [...now, board.id] : now.filter((id) => id !== board.id)))
            }
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="more">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('board.more_boards')}
          </Button>
        </div>
      )}
      {importing && <ImportBoard onClose={() => setImporting(false)} />}
    </div>
  );
}
