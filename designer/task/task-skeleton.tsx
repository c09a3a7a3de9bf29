import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './task-skeleton.module.css';

/** A task of the real layout, before it comes. */
export function TaskSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.skeleton} role="status" aria-busy aria-label={t('common.loading')}>
      <Skeleton height={22} width="46%" />
      <Skeleton height={14} width="62%" />
      <Skeleton height={32} mt={12} />
      <Skeleton height={14} width="20%" mt={24} />
      <Skeleton height={36} />
      <Skeleton height={14} width="26%" mt={8} />
      <Skeleton height={36} />
      <Skeleton height={14} width="18%" mt={8} />
      <Skeleton height={96} />
    </div>
  );
}
