// The record beside the list: enough to decide, one key away from the full page.
import { CloseOutlined, ExpandAltOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRecord } from '@/api/records';
import type { RecordData } from '@/api/types';
import { Loaded } from '@/kit/faces';

interface SideProps {
  plural: string;
  id: string;
  onClose: () => void;
  preview: (record: RecordData) => ReactNode;
}

export function SidePanel({ plural, id, onClose, preview }: SideProps) {
  const { t } = useTranslation();
  const record = useRecord(plural, id);
  return (
    <aside className="side" aria-label={t('record.preview')}>
      <header className="side-head">
        <span className="figures muted">{record.data?.number}</span>
        <span className="grow" />
        <Link to={`/${plural}/${id}`} className="side-full" title="Ctrl+Enter">
          <ExpandAltOutlined /> {t('record.open_full')}
        </Link>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('kit.close')}
          title="Esc"
          onClick={onClose}
        />
      </header>
      <div className="side-body">
        <Loaded query={record}>{(data) => preview(data)}</Loaded>
      </div>
    </aside>
  );
}
