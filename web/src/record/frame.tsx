// A labelled place in a form.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface FrameProps {
  id: string;
  label: string;
  required?: boolean;
  hint?: string;
  fault?: string;
  children: ReactNode;
}

/** Label above, hint and error below, tied together for screen readers. */
export function Frame({ id, label, required, hint, fault, children }: FrameProps) {
  const { t } = useTranslation();
  return (
    <div className="frame" data-fault={fault ? true : undefined}>
      <label htmlFor={id} id={`${id}-label`} className="frame-label">
        {label}
        {!required && <span className="frame-optional">{t('kit.optional')}</span>}
      </label>
      {children}
      {(hint || fault) && (
        <div id={`${id}-note`} className="frame-note">
          {fault && (
            <span role="alert" className="frame-fault">
              {fault}
            </span>
          )}
          {hint && <span className="faint">{hint}</span>}
        </div>
      )}
    </div>
  );
}
