// Comments and attachments of a record.
import { FileOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddAttachment, useAddComment, useAttachments, useComments } from '@/api/records';
import { Empty, Loaded } from '@/kit/faces';
import { formatValue } from '@/kit/format';
import { Time } from '@/kit/time';
import { useDraft } from './draft';
import { Refusal } from './refusal';

interface Of {
  plural: string;
  id: string;
}

export function Comments({ plural, id }: Of) {
  const { t } = useTranslation();
  const draft = useDraft(`comment.${id}`);
  const add = useAddComment(plural, id);
  const text = (draft.values.text as string | undefined) ?? '';
  const send = () => add.mutate(text.trim(), { onSuccess: draft.clear });
  return (
    <div className="talk">
      <div className="talk-write">
        <Input.TextArea
          aria-label={t('record.comment')}
          placeholder={t('record.comment_hint')}
          className="growing"
          rows={2}
          value={text}
          onChange={(event) => draft.set('text', event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim()) {
              event.stopPropagation();
              send();
            }
          }}
        />
        <Button disabled={!text.trim()} loading={add.isPending} onClick={send}>
          {t('record.comment_send')}
        </Button>
      </div>
      <Refusal error={add.error} />
      <Loaded
        query={useComments(plural, id)}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('record.comments_empty')} hint={t('record.comments_empty_hint')} />}
      >
        {(data) => (
          <ul className="comments">
            {data.items.map((comment) => (
              <li key={comment.id}>
                <header>
                  <b>{data.labels?.[comment.author] ?? t('record.system_actor')}</b> <Time at={comment.at} />
                </header>
                <p className="prose">{comment.text}</p>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}

export function Attachments({ plural, id }: Of) {
  const { t } = useTranslation();
  const add = useAddAttachment(plural, id);
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<{ done: number; count: number } | null>(null);
  const sendAll = async (files: File[]) => {
    for (const [index, file] of files.entries()) {
      setSending({ done: index, count: files.length });
      try {
        await add.mutateAsync(file);
      } catch {
        break;
      }
    }
    setSending(null);
  };
  return (
    <div className="talk">
      <div className="talk-bar">
        <input
          ref={input}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            void sendAll([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <Button
          icon={<PaperClipOutlined />}
          loading={sending !== null}
          onClick={() => input.current?.click()}
        >
          {sending ? t('record.sending', { ...sending }) : t('record.attach')}
        </Button>
      </div>
      <Refusal error={add.error} />
      <Loaded
        query={useAttachments(plural, id)}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('record.attachments_empty')} hint={t('record.attachments_empty_hint')} />}
      >
        {(data) => (
          <ul className="attachments">
            {data.items.map((file) => (
              <li key={file.id}>
                <a href={`/api/v1/attachments/${file.id}`} download={file.name}>
                  {file.type?.startsWith('image/') ? (
                    <img src={`/api/v1/attachments/${file.id}`} alt="" loading="lazy" />
                  ) : (
                    <FileOutlined />
                  )}
                  <span>{file.name}</span>
                </a>
                <span className="faint figures">
                  {formatValue(file.size, 'bytes')} · <Time at={file.created_at} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}
