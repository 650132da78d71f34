// What is shown when a page itself breaks, instead of a white window.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { Empty, ErrorFace } from '@/kit/faces';

export function Failure() {
  const error = useRouteError();
  const { t } = useTranslation();
  const home = (
    <Button type="primary" href="/">
      {t('shell.home')}
    </Button>
  );
  if (isRouteErrorResponse(error) && error.status === 404)
    return <Empty title={t('shell.no_page')} hint={t('shell.no_page_hint')} action={home} />;
  return <ErrorFace error={error} since={Date.now()} retry={() => window.location.reload()} />;
}

export function NoPage() {
  const { t } = useTranslation();
  return (
    <Empty
      title={t('shell.no_page')}
      hint={t('shell.no_page_hint')}
      action={
        <Button type="primary" href="/">
          {t('shell.home')}
        </Button>
      }
    />
  );
}
