// Putting a draft in force: why is asked, what the server refuses is shown, and running ones may follow.
import { SendOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePublish } from '@/api/processes';
import type { ProcessSummary } from '@/api/process_types';
import { Ask } from '@/record/ask';
import { keepDraft } from './draft';

interface PublishProps {
  process: ProcessSummary;
  xml: string;
  /** The version the draft began from. */
  base: string;
  ready: boolean;
}

export function Publish({ process, xml, base, ready }: PublishProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const publish = usePublish(xml, base, (made) => {
    keepDraft(process.key, null);
    void navigate(`/admin/processes?id=${made.id}`);
  });
  return (
    <>
      <Button
        type="primary"
        icon={<SendOutlined />}
        disabled={!ready}
        title={ready ? undefined : t('process.publish_not_ready')}
        onClick={() => setAsking(true)}
      >
        {t('process.publish')}
      </Button>
      {asking && (
        <Ask
          name="publish"
          title={t('process.publish')}
          lead={t('process.publish_lead', { version: process.version })}
          done={t('process.published')}
          fields={[{ name: 'reason', kind: 'line', required: true }]}
          label={() => t('process.reason')}
          act={publish}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
