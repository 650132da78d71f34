// A modal question on the browser's own <dialog>: focus is trapped and Escape closes it. Lists that open from
// its fields open inside it, since nothing outside can lie above it.
import { CloseOutlined } from '@ant-design/icons';
import { Button, ConfigProvider } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
}

export function Dialog({ title, open, onClose, children, footer }: DialogProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2>{title}</h2>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('kit.close')}
            onClick={onClose}
          />
        </header>
        <div className="dialog-content">
          <ConfigProvider getPopupContainer={() => dialog.current ?? document.body}>
            {children}
          </ConfigProvider>
        </div>
        {footer && <footer className="dialog-foot">{footer}</footer>}
      </div>
    </dialog>
  );
}
