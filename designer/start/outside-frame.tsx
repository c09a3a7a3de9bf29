import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { OfflineBar } from '../frame/offline-bar.tsx';
import { chooseLanguage } from '../texts/i18n.ts';
import { Logo } from '../ui/logo.tsx';
import { useLanguage } from '../ui/use-language.ts';
import styles from './start.module.css';

/** The page around what people see without signing in: a name, a language, and the content. */
export function OutsideFrame({ children, footer }: { readonly children: ReactNode; readonly footer?: ReactNode }) {
  const { t } = useTranslation();
  const other = useLanguage() === 'ru' ? 'en' : 'ru';
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <Logo size={24} />
        <span className={styles.product}>{t('product')}</span>
        <UnstyledButton className={styles.language} lang={other} onClick={() => chooseLanguage(other)}>
          {t(`language.${other}`)}
        </UnstyledButton>
      </header>
      <OfflineBar />
      <main className={styles.scroll}>
        <div className={styles.sheet}>{children}</div>
      </main>
      {footer}
    </div>
  );
}
