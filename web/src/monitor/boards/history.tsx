// The kept versions of a board: who changed it when, and the way back.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { restoreBoard, useBoardCommand, useBoardVersions, type Board } from '@/api/boards';
import { Dialog } from '@/kit/dialog';
import { Loaded } from '@/kit/faces';
import { Time } from '@/kit/time';
import { tell } from '@/kit/toast';
import { Refusal } from '@/record/refusal';

export function History({ board, onClose }: { board: Board; onClose: () => void }) {
  const { t } = useTranslation();
  const restore = useBoardCommand((version: number) => restoreBoard(board.id, version, board.version));
  return (
    <Dialog title={t('board.menu.history')} open onClose={onClose}>
      <Refusal error={restore.error} />
      <Loaded query={useBoardVersions(board.id)}>
        {(data) => (
          <ol className="board-versions">
            {data.items.map((one) => (
              <li key={one.version}>
                <b className="figures">v{one.version}</b>
                <span>
                  {one.title} <span className="muted">{t('board.panels_count', { n: one.panels })}</span>
                  <br />
                  <span className="muted">
                    {one.author_name} · <Time at={one.at} /> {one.reason && `· ${one.reason}`}
                  </span>
                </span>
                {one.version !== board.version && board.may_edit && (
                  <Button
                    size="small"
                    loading={restore.isPending}
                    onClick={() =>
                      restore.mutate(one.version, {
                        onSuccess: () => {
                          tell(t('board.restored', { version: one.version }));
                          onClose();
                        },
                      })
                    }
                  >
                    {t('board.restore')}
                  </Button>
                )}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Dialog>
  );
}
