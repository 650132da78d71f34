// Messages to me, live.
import { BellOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useNotificationActions, useNotifications } from '@/api/admin';
import type { Notification } from '@/api/types';
import { Empty, Loaded } from '@/kit/faces';
import { useKeys } from '@/kit/keys';
import { Time } from '@/kit/time';

export function Messages({ onChoose }: { onChoose?: () => void }) {
  const { t } = useTranslation();
  const { read } = useNotificationActions();
  const follow = (item: Notification) => {
    if (!item.read) read.mutate(item.id);
    onChoose?.();
  };
  return (
    <Loaded
      query={useNotifications()}
      isEmpty={(data) => data.items.length === 0}
      empty={<Empty title={t('shell.no_messages')} hint={t('shell.no_messages_hint')} />}
    >
      {(data) => (
        <ul className="messages">
          {data.items.map((item) => (
            <li key={item.id} data-unread={!item.read || undefined}>
              <Link to={item.href || '/'} onClick={() => follow(item)}>
                <span className="message-title">
                  {!item.read && <i className="dot" aria-label={t('shell.new')} />}
                  {item.title}
                </span>
                {item.body && <span className="muted message-body">{item.body}</span>}
                <span className="faint">
                  <Time at={item.at} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

export function ReadAll() {
  const { t } = useTranslation();
  const { readAll } = useNotificationActions();
  return (
    <Button size="small" type="text" onClick={() => readAll.mutate()}>
      {t('shell.read_all')}
    </Button>
  );
}

export function Bell() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const unread = useNotifications(true).data?.items.length ?? 0;
  useKeys({ Escape: () => setOpen(false) }, open);
  useEffect(() => {
    if (!open) return;
    const outside = (event: MouseEvent) => !place.current?.contains(event.target as Node) && setOpen(false);
    document.addEventListener('mousedown', outside);
    return () => document.removeEventListener('mousedown', outside);
  }, [open]);
  return (
    <div className="bell" ref={place}>
      <Button
        type="text"
        icon={<BellOutlined />}
        aria-expanded={open}
        aria-label={unread ? t('shell.unread', { n: unread }) : t('shell.messages')}
        onClick={() => setOpen(!open)}
      />
      {unread > 0 && (
        <span className="bell-count figures" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
      {open && (
        <section className="bell-panel" aria-label={t('shell.messages')}>
          <header>
            <h2>{t('shell.messages')}</h2>
            <ReadAll />
          </header>
          <Messages onChoose={() => setOpen(false)} />
        </section>
      )}
    </div>
  );
}
