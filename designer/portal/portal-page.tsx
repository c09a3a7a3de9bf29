import type { ReactNode } from 'react';
import styles from './portal.module.css';

/** A column for the thumb: on a phone the whole width, on a desktop a sheet in the middle. */
export function PortalPage({ children, footer }: { readonly children: ReactNode; readonly footer?: ReactNode }) {
  return (
    <div className={styles.page}>
      <div className={styles.scroll}>
        <div className={styles.column}>{children}</div>
      </div>
      {footer}
    </div>
  );
}
