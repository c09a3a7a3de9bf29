import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import styles from './tab-bar.module.css';

export interface TabItem<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly count?: number;
}

interface TabBarProps<T extends string> {
  readonly tabs: readonly TabItem<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly label: string;
  /** Ids of tabs and panels start with it: `<id>-tab-<value>`, `<id>-panel`. */
  readonly id: string;
}

/** Tabs by the ARIA pattern: one stop of the Tab key, arrows move and choose. The panel is `TabPanel` with the same id. */
export function TabBar<T extends string>({ tabs, value, onChange, label, id }: TabBarProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = tabs.findIndex((tab) => tab.value === value);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChange(next.value);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(`${id}-tab-${next.value}`)}`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label={label} className={styles.bar} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          id={`${id}-tab-${tab.value}`}
          type="button"
          role="tab"
          className={styles.tab}
          aria-selected={tab.value === value}
          aria-controls={tab.value === value ? `${id}-panel` : undefined}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
        >
          {tab.label}
          {tab.count !== undefined && tab.count > 0 && <span className={styles.count}>{tab.count}</span>}
        </button>
      ))}
    </div>
  );
}

export function TabPanel({
  id,
  value,
  className,
  children,
}: {
  readonly id: string;
  readonly value: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-tab-${value}`} className={className} tabIndex={-1}>
      {children}
    </div>
  );
}
