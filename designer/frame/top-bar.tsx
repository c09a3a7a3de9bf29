import { UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { may, sessionQuery } from '../api/session.ts';
import { Bell } from './bell.tsx';
import styles from './top-bar.module.css';
import { UserMenu } from './user-menu.tsx';

const SearchPalette = lazy(() => import('./search-palette.tsx').then((module) => ({ default: module.SearchPalette })));
const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function TopBar() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  // The search is over the cases of the house.
  const searches = !may(useQuery(sessionQuery).data, 'portal');
  // Physical keys, for on a Russian layout K is «Л»; an empty ignore list, for it must open from inside a field too.
  useHotkeys([['mod+K', searches ? open : () => undefined, { usePhysicalKeys: true }]], []);
  return (
    <header className={styles.bar}>
      {searches && (
        <UnstyledButton className={styles.search} onClick={open} aria-keyshortcuts="Control+K">
          <IconSearch size={16} aria-hidden />
          <span className={styles.searchLabel}>{t('top.search')}</span>
          <kbd className={styles.keys}>{MAC ? '⌘K' : 'Ctrl K'}</kbd>
        </UnstyledButton>
      )}
      <span className={styles.space} />
      <Bell />
      <UserMenu />
      {opened && (
        <Suspense>
          <SearchPalette onClose={close} />
        </Suspense>
      )}
    </header>
  );
}
