import { useNetwork } from '@mantine/hooks';
import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './frame.module.css';

export function OfflineBar() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  return (
    <div role="status">
      {!online && (
        <div className={styles.offline}>
          <IconCloudOff size={16} aria-hidden />
          {t('top.offline')}
        </div>
      )}
    </div>
  );
}
