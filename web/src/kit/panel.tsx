// A titled surface, the building block of every page.
import type { ReactNode } from 'react';

interface PanelProps {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  className?: string;
  flush?: boolean;
}

export function Panel({ title, extra, children, className = '', flush = false }: PanelProps) {
  return (
    <section className={`panel ${className}`}>
      {(title || extra) && (
        <header className="panel-head">
          <h2>{title}</h2>
          {extra && <div className="panel-extra">{extra}</div>}
        </header>
      )}
      <div className={flush ? 'panel-flush' : 'panel-body'}>{children}</div>
    </section>
  );
}

export function PageHead({ title, lead, extra }: { title: ReactNode; lead?: ReactNode; extra?: ReactNode }) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
      </div>
      {extra && <div className="page-extra">{extra}</div>}
    </header>
  );
}
