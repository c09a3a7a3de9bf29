import type { ReactNode } from 'react';
import styles from './inspector.module.css';

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Seldom needed: closed until somebody wants it. */
  readonly folded?: boolean;
}

/** A part of the inspector. */
export function Section({ title, children, folded = false }: SectionProps) {
  if (folded) {
    return (
      <details className={styles.section}>
        <summary className={styles.summary}>{title}</summary>
        <div className={styles.body}>{children}</div>
      </details>
    );
  }
  return (
    <section className={styles.section} aria-label={title}>
      <h3 className={styles.heading}>{title}</h3>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
