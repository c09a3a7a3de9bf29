import type { Language } from '#contract';
import { Menu, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconChevronDown, IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sessionQuery, signOut } from '../api/session.ts';
import { forgetStartDrafts } from '../start/start-draft.ts';
import { forgetLocalDrafts } from '../task/local-draft.ts';
import { forgetUploads } from '../task/upload-shelf.ts';
import { chooseLanguage } from '../texts/i18n.ts';
import { Person } from '../ui/person.tsx';
import { toastProblem } from '../ui/toast.tsx';
import { useLanguage } from '../ui/use-language.ts';
import styles from './top-bar.module.css';

const THEMES = [
  { scheme: 'light', text: 'top.themeLight', icon: IconSun },
  { scheme: 'dark', text: 'top.themeDark', icon: IconMoon },
  { scheme: 'auto', text: 'top.themeAuto', icon: IconDeviceDesktop },
] as const satisfies readonly { readonly scheme: MantineColorScheme; readonly text: string; readonly icon: unknown }[];
const LANGUAGES: readonly Language[] = ['ru', 'en'];

export function UserMenu() {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const session = useQuery(sessionQuery).data;
  // Otherwise Mantine stops transitions by a <style> element, which the CSP refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      forgetLocalDrafts();
      forgetStartDrafts();
      void forgetUploads();
      client.clear();
      await navigate({ to: '/login', search: {} });
    },
    onError: toastProblem,
  });
  const chooseTexts = (next: Language): void => {
    chooseLanguage(next);
    // Stories and facts are written by the server in the person's language.
    void client.invalidateQueries();
  };
  if (!session) return null;
  const groups = session.groups.map((group) => group.name).join(', ');
  return (
    <Menu position="bottom-end" width={260} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={styles.user}>
          <span className="r-hidden">{t('top.account')}: </span>
          <Person name={session.user.name} badgeOnly size={28} />
          <span className={styles.userName}>{session.user.name}</span>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.account}>
          <div className={styles.accountName}>{session.user.name}</div>
          {groups !== '' && <div className={styles.accountGroups}>{groups}</div>}
        </div>
        <Menu.Divider />
        <Menu.Label>{t('language.label')}</Menu.Label>
        {LANGUAGES.map((option) => (
          <Menu.Item
            key={option}
            role="menuitemradio"
            aria-checked={option === language}

            onClick={() => chooseTexts(option)}
            rightSection={option === language ? <IconCheck size={16} /> : null}
          >
            {t(`language.${option}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('top.theme')}</Menu.Label>
        {THEMES.map(({ scheme, text, icon: Icon }) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            leftSection={<Icon size={16} />}
            rightSection={scheme === colorScheme ? <IconCheck size={16} /> : null}
            onClick={() => setColorScheme(scheme)}
          >
            {t(text)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} disabled={leave.isPending} onClick={() => leave.mutate()}>
          {t('top.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
