// Who sees a board, and whether they may change it.
import { Button, Checkbox, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsByField } from '@/api/client';
import { shareBoard, useBoardCommand, useBoardRoles, type Board, type Sharing } from '@/api/boards';
import { Dialog } from '@/kit/dialog';
import { tell } from '@/kit/toast';
import { Frame } from '@/record/frame';
import { Refusal } from '@/record/refusal';

const choices: Sharing['with'][] = ['nobody', 'roles', 'everybody'];

export function Share({ board, onClose }: { board: Board; onClose: () => void }) {
  const { t } = useTranslation();
  const [sharing, setSharing] = useState<Sharing>(board.sharing);
  const roles = useBoardRoles();
  const act = useBoardCommand((given: Sharing) => shareBoard(board.id, given));
  const change = (part: Partial<Sharing>) => setSharing((now) => ({ ...now, ...part }));
  return (
    <Dialog
      title={t('board.menu.share')}
      open
      onClose={onClose}
      footer={
        <Button
          type="primary"
          loading={act.isPending}
          onClick={() =>
            act.mutate(sharing, {
              onSuccess: () => {
                tell(t(`board.shared.${sharing.with}`));
                onClose();
              },
            })
          }
        >
          {t('board.share_save')}
        </Button>
      }
    >
      <div className="form">
        <Refusal error={act.error} known={['roles']} />
        <Radio.Group
          className="share-choices"
          aria-label={t('board.menu.share')}
          value={sharing.with}
          onChange={(event) => change({ with: event.target.value as Sharing['with'] })}
          options={choices.map((value) => ({ value, label: t(`board.share.${value}`) }))}
        />
        {sharing.with === 'roles' && (
          <Frame
            id="share-roles"
            label={t('board.share_roles')}
            required
            fault={faultsByField(act.error).roles}
          >
            <Select
              id="share-roles"
              mode="multiple"
              value={sharing.roles}
              onChange={(next) => change({ roles: next })}
              optionFilterProp="label"
              options={(roles.data?.items ?? []).map((role) => ({ value: role.id, label: role.name }))}
            />
          </Frame>
        )}
        {sharing.with !== 'nobody' && (
          <Checkbox
            checked={sharing.editable}
            onChange={(event) => change({ editable: event.target.checked })}
          >
            {t('board.share_editable')}
          </Checkbox>
        )}
      </div>
    </Dialog>
  );
}
