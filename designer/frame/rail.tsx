import { Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconBook2,
  IconBriefcase,
  IconChecklist,
  IconCirclePlus,
  IconFileText,
  IconForms,
  IconHome,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconMathFunction,
  IconSitemap,
} from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, sessionQuery } from '../api/session.ts';
import { tasksQuery } from '../api/tasks.ts';
import { Logo } from '../ui/logo.tsx';
import styles from './rail.module.css';
import { PORTAL_SCREENS, SCREENS } from './screens.ts';

const ICONS = {
  tasks: IconChecklist,
  cases: IconBriefcase,
  registers: IconBook2,
  processes: IconSitemap,
  forms: IconForms,
  expressions: IconMathFunction,
  portal: IconHome,
  newRequest: IconCirclePlus,
  requests: IconFileText,
} as const;

/** The menu: only what exists and what the person may use. On a phone it is the bar at the bottom. */
export function Rail({ folded, onFold }: { readonly folded: boolean; readonly onFold: (folded: boolean) => void }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const open = useInfiniteQuery({ ...tasksQuery({ tab: 'mine' }), enabled: may(session, 'tasks') }).data?.pages[0]
    ?.counts;
  const screens = may(session, 'portal') ? PORTAL_SCREENS : SCREENS;
  const fold = t(folded ? 'nav.expand' : 'nav.collapse');
  const FoldIcon = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={styles.rail} data-folded={folded || undefined} aria-label={t('nav.label')}>
      <div className={styles.brand}>
        <Logo />
        {!folded && <span className={styles.product}>{t('product')}</span>}
      </div>
      <ul className={styles.entries}>
        {screens
          .filter((screen) => may(session, screen.permission))
          .map((screen) => {
            const Icon = ICONS[screen.name];
            const count = screen.name === 'tasks' ? (open?.mine ?? 0) : 0;
            return (
              <li key={screen.name}>
                <Tooltip label={t(`nav.${screen.name}`)} position="right" disabled={!folded}>
                  <Link
                    to={screen.path}
                    className={styles.entry}
                    activeOptions={{ exact: screen.name === 'portal' }}
                    activeProps={{ 'data-active': true }}
                  >
                    <Icon size={20} stroke={1.6} aria-hidden />
                    <span className={styles.label}>{t(`nav.${screen.name}`)}</span>
                    {count > 0 && (
                      <span className={styles.count} data-late={(open?.overdue ?? 0) > 0 || undefined}>
                        {count > 99 ? '99+' : count}
                      </span>
                    )}
                  </Link>
                </Tooltip>
              </li>
            );
          })}
      </ul>
      <Tooltip label={fold} position="right" disabled={!folded}>
        <UnstyledButton
          className={styles.fold}
          onClick={() => onFold(!folded)}
          aria-label={fold}
          aria-expanded={!folded}
        >
          <FoldIcon size={20} stroke={1.6} aria-hidden />
          {!folded && <span>{fold}</span>}
        </UnstyledButton>
      </Tooltip>
    </nav>
  );
}
