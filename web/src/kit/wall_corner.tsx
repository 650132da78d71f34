// What stands in the corner of every wall screen: the time, and the way back.
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from './format';
import { useNow } from './time';

export function WallCorner({ onLeave, children }: { onLeave: () => void; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <time className="wall-clock figures">{formatInstant(useNow(1000))}</time>
      {children}
      <Button
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('wall.leave')}
        title="Esc"
        onClick={onLeave}
      />
    </>
  );
}
