import { Skeleton } from '@mantine/core';
import styles from './list-screen.module.css';

interface ListSkeletonProps {
  /** What is being loaded, for whoever does not see the lines. */
  readonly label: string;
  readonly rows: number;
}

/** Lines of uneven width where the rows of a list will stand. */
export function ListSkeleton({ label, rows }: ListSkeletonProps) {
  return (
    <div className={styles.skeleton} role="status" aria-busy aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={14} width={`${58 + ((index * 17) % 37)}%`} />
      ))}
    </div>
  );
}
