// What can be done with a board besides changing it: the wall, sharing, its history, a copy, a file, the end.
import { Button, Dropdown } from 'antd';
import { EllipsisOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { contentOf, deleteBoard, exportAddress, makeBoard, useBoardCommand, type Board } from '@/api/boards';
import { useMay } from '@/api/session';
import { Dialog } from '@/kit/dialog';
import { tell } from '@/kit/toast';
import { Refusal } from '@/record/refusal';
import { History } from './history';
import { Share } from './share';

function Delete({ board, onClose }: { board: Board; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const act = useBoardCommand(deleteBoard);
  const panels = board.rows.reduce((sum, row) => sum + row.panels.length, 0);
  return (
    <Dialog
      title={t('board.delete_title', { title: board.title })}
      open
      onClose={onClose}
      footer={
        <>
          <Button href={exportAddress(board.id)}>{t('board.export_first')}</Button>
          <Button
            danger
            type="primary"
            loading={act.isPending}
            onClick={() =>
              act.mutate(board.id, {
                onSuccess: () => {
                  tell(t('board.deleted', { title: board.title }));
                  void navigate('/monitor/boards', { replace: true });
                },
              })
            }
          >
            {t('board.delete')}
          </Button>
        </>
      }
    >
      <Refusal error={act.error} />
      <p>{t('board.delete_text', { panels, versions: Math.min(board.version, 100) })}</p>
    </Dialog>
  );
}

type Open = 'share' | 'history' | 'delete' | null;

export function BoardMenu({ board }: { board: Board }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay()('board.write');
  const [open, setOpen] = useState<Open>(null);
  const copy = useBoardCommand(makeBoard);
  const act: Record<string, () => void> = {
    wall: () => void navigate(`/monitor/wall?board=${board.id}`),
    share: () => setOpen('share'),
    history: () => setOpen('history'),
    delete: () => setOpen('delete'),
    export: () => void window.location.assign(exportAddress(board.id)),
    copy: () =>
      copy.mutate(
        { ...contentOf(board), title: t('board.copy_of', { title: board.title }).slice(0, 200) },
        { onSuccess: (made) => void navigate(`/monitor/boards/${made.id}`) },
      ),
  };
  const keys = ['wall', ...(board.may_own ? ['share'] : []), 'history', ...(may ? ['copy'] : []), 'export'];
  const items = [...keys, ...(board.may_own ? ['delete'] : [])].map((key) => ({
    key,
    label: t(`board.menu.${key}`),
    danger: key === 'delete',
  }));
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => act[key]?.() }}>
        <Button icon={<EllipsisOutlined />} aria-label={t('board.more')} />
      </Dropdown>
      {open === 'share' && <Share board={board} onClose={() => setOpen(null)} />}
      {open === 'history' && <History board={board} onClose={() => setOpen(null)} />}
      {open === 'delete' && <Delete board={board} onClose={() => setOpen(null)} />}
    </>
  );
}
