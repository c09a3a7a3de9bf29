import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useStoredFlag } from '../ui/stored-flag.ts';
import styles from './frame.module.css';
import { OfflineBar } from './offline-bar.tsx';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';

/** Rail, top bar and the screen. Only the panes inside scroll, so a dialog never needs to lock the page. */
export function Frame() {
  const { t } = useTranslation();
  const [folded, setFolded] = useStoredFlag('menu-folded', window.innerWidth < 1600);
  return (
    <div className={styles.frame} data-folded={folded || undefined}>
      <a className={styles.skip} href="#content">
        {t('common.skip')}
      </a>
      <Rail folded={folded} onFold={setFolded} />
      <div className={styles.main}>
        <TopBar />
        <OfflineBar />
        <main id="content" className={styles.content} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
