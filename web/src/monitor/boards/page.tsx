// A board: looked at with its range, variables and refreshing; changed after "Edit".
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useBoardOf, type Board } from '@/api/boards';
import { Empty, Loaded, Skeleton } from '@/kit/faces';
import { PageHead } from '@/kit/panel';
import { RangeChoice } from '../ranges';
import { BoardGrid } from './grid';
import { BoardMenu } from './menu';
import { RefreshChoice } from './refresh_choice';
import { useVariables, VariableBar } from './variable_bar';

const Editor = lazy(() => import('./editor'));

function useRange(board: Board): [number, (range_s: number) => void] {
  const [params, setParams] = useSearchParams();
  return [
    Number(params.get('range')) || board.range_s,
    (range_s) =>
      setParams(
        (now) => {
          const next = new URLSearchParams(now);
          next.set('range', String(range_s));
          return next;
        },
        { replace: true },
      ),
  ];
}

function View({ board, onEdit }: { board: Board; onEdit: () => void }) {
  const { t } = useTranslation();
  const [range_s, setRange] = useRange(board);
  const [refresh_s, setRefresh] = useState(board.refresh_s);
  const variables = useVariables(board.variables);
  const empty = board.rows.every((row) => row.panels.length === 0);
  return (
    <div className="page board-page">
      <PageHead
        title={board.title}
        lead={board.description || undefined}
        extra={
          <>
            <RangeChoice value={range_s} onChange={setRange} />
            <RefreshChoice value={refresh_s} own={board.refresh_s} onChange={setRefresh} />
            {board.may_edit && <Button onClick={onEdit}>{t('board.edit')}</Button>}
            <BoardMenu board={board} />
          </>
        }
      />
      <VariableBar variables={board.variables} state={variables} />
      {empty ? (
        <Empty
          title={t('board.empty')}
          hint={t('board.empty_hint')}
          action={
            board.may_edit && (
              <Button type="primary" onClick={onEdit}>
                {t('board.add_first')}
              </Button>
            )
          }
        />
      ) : (
        <BoardGrid
          board={board}
          scene={{
            range_s,
            refresh_s,
            variables: board.variables,
            chosen: variables.chosen,
            group: `board-${board.id}`,
          }}
        />
      )}
    </div>
  );
}

function Known({ id }: { id: string }) {
  const [params, setParams] = useSearchParams();
  const query = useBoardOf(id);
  const editing = params.get('edit') === '1';
  const edit = (on: boolean) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (on) next.set('edit', '1');
        else next.delete('edit');
        return next;
      },
      { replace: true },
    );
  return (
    <Loaded query={query} lines={10}>
      {(board) =>
        editing && board.may_edit ? (
          <Suspense fallback={<Skeleton lines={10} />}>
            <Editor key={board.version} board={board} onDone={() => edit(false)} />
          </Suspense>
        ) : (
          <View key={board.version} board={board} onEdit={() => edit(true)} />
        )
      }
    </Loaded>
  );
}

export default function BoardPage() {
  const { id = '' } = useParams();
  return <Known key={id} id={id} />;
}
