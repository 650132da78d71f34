// What a supervisor does with a version: naming it, and putting an older one in force again.
import { RollbackOutlined, TagOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useVersionAct } from '@/api/processes';
import type { ProcessSummary } from '@/api/process_types';
import { Ask } from '@/record/ask';

interface VersionActsProps {
  version: ProcessSummary;
  /** The version of the same process that is in force. */
  inForce?: ProcessSummary;
}

export function VersionActs({ version, inForce }: VersionActsProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'tag' | 'activate' | null>(null);
  const name = useVersionAct(version.id, 'tag');
  const putInForce = useVersionAct(version.id, 'activate');
  const close = () => setAsked(null);
  return (
    <>
      <Button size="small" icon={<TagOutlined />} onClick={() => setAsked('tag')}>
        {t('process.set_tag')}
      </Button>
      {!version.active && (
        <Button size="small" icon={<RollbackOutlined />} onClick={() => setAsked('activate')}>
          {t('process.put_in_force')}
        </Button>
      )}
      {asked === 'tag' && (
        <Ask
          name="version-tag"
          title={t('process.set_tag')}
          lead={t('process.set_tag_lead', { version: version.version })}
          done={t('process.tag_set')}
          fields={[{ name: 'tag', kind: 'line', required: true }]}
          label={() => t('process.tag')}
          begun={version.tag ? { tag: version.tag } : undefined}
          act={name}
          onClose={close}
        />
      )}
      {asked === 'activate' && (
        <Ask
          name="version-activate"
          title={t('process.put_in_force')}
          lead={t('process.put_in_force_lead', {
            version: version.version,
            now: inForce?.version ?? '–',
          })}
          done={t('process.now_in_force', { version: version.version })}
          fields={[{ name: 'reason', kind: 'line', required: true }]}
          label={() => t('process.reason_why')}
          danger
          act={putInForce}
          onClose={close}
        />
      )}
    </>
  );
}
