import { useTranslation } from 'react-i18next';
import styles from './memo.module.css';

const ITEMS = ['compare', 'text', 'null', 'orElse', 'money', 'dates', 'lists', 'bpmn'] as const;

/** What one must know of FEEL before the guide. */
export function Memo() {
  const { t } = useTranslation();
  return (
    <div className={styles.memo}>
      <ul className={styles.items}>
        {ITEMS.map((item) => (
          <li key={item}>{t(`expressions.memoItems.${item}`)}</li>
        ))}
      </ul>
      <p className={styles.guide}>{t('expressions.guide')}</p>
    </div>
  );
}
