import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './task-list-skeleton.module.css';

const WIDTHS = ['72%', '58%', '81%', '64%', '76%', '55%', '69%', '78%'];

/** Rows of the real height, so that nothing jumps when the tasks come. */
export function TaskListSkeleton() {
  const { t } = useTranslation();
  return (
    <div aria-busy role="status" aria-label={t('common.loading')}>
      {WIDTHS.map((width) => (
        <div key={width} className={styles.row}>
          <Skeleton height={12} width={width} />
          <Skeleton height={12} width="42%" />
          <div className={styles.last}>
            <Skeleton height={10} width="34%" />
            <Skeleton height={10} width="26%" />
          </div>
        </div>
      ))}
    </div>
  );
}
