// Tabs by the book: arrow keys move between them, Tab enters the panel.
import type { KeyboardEvent, ReactNode } from 'react';

export interface Tab {
  key: string;
  label: ReactNode;
  count?: number;
}

interface TabsProps {
  label: string;
  tabs: Tab[];
  active: string;
  onChange: (key: string) => void;
  extra?: ReactNode;
}

export function Tabs({ label, tabs, active, onChange, extra }: TabsProps) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex((tab) => tab.key === active);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.key);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus();
  };
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label} className="tab-list" onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            data-tab={tab.key}
            aria-selected={tab.key === active}
            tabIndex={tab.key === active ? 0 : -1}
            className="tab"
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
            {tab.count !== undefined && tab.count > 0 && (
              <span className="tab-count figures">{tab.count}</span>
            )}
          </button>
        ))}
      </div>
      {extra && <div className="tab-extra">{extra}</div>}
    </div>
  );
}
