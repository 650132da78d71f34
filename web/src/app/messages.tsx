// Messages as a page, for phones.
import { useTranslation } from 'react-i18next';
import { PageHead } from '@/kit/panel';
import { Messages, ReadAll } from './bell';

export default function MessagesPage() {
  const { t } = useTranslation();
  return (
    <div className="page page-narrow">
      <PageHead title={t('shell.messages')} extra={<ReadAll />} />
      <Messages />
    </div>
  );
}
