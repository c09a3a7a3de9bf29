import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBriefcase, IconChecklist, IconLayoutList, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { caseSearchQuery } from '../api/cases.ts';
import { may, sessionQuery } from '../api/session.ts';
import { taskSearchQuery } from '../api/tasks.ts';
import { SCREENS } from './screens.ts';
import styles from './search-palette.module.css';

const ICONS = { screens: IconLayoutList, tasks: IconChecklist, cases: IconBriefcase } as const;

interface Option {
  readonly id: string;
  readonly section: keyof typeof ICONS;
  readonly title: string;
  readonly note: string;
  readonly open: () => Promise<void>;
}

/** Ctrl+K: sections at once, cases and tasks by number, title or client as they are found. */
export function SearchPalette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const { options, searching } = useOptions(text.trim());
  const current = options[Math.min(chosen, options.length - 1)];
  useEffect(() => {
    if (current !== undefined) document.getElementById(`${listId}-${current.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [current, listId]);
  const open = (option: Option | undefined): void => {
    if (option === undefined) return;
    onClose();
    void option.open();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && options.length > 0) {
      event.preventDefault();
      setChosen((Math.min(chosen, options.length - 1) + step + options.length) % options.length);
    }
    if (event.key === 'Enter') open(current);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={600}
      centered={false}
      yOffset="10dvh"
      aria-label={t('palette.title')}
    >
      <label className={styles.field}>
        <IconSearch size={18} aria-hidden />
        <input
          className={styles.input}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
          placeholder={t('palette.placeholder')}
          aria-label={t('palette.title')}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={current && `${listId}-${current.id}`}
          autoComplete="off"
          maxLength={200}
          data-autofocus
        />
      </label>
      <div className={styles.list} id={listId} role="listbox" aria-label={t('palette.title')} aria-busy={searching}>
        {options.map((option, index) => {
          const Icon = ICONS[option.section];
          return (
            <div key={option.id} role="presentation">
              {options[index - 1]?.section !== option.section && (
                <div className={styles.section}>{t(`palette.${option.section}`)}</div>
              )}
              <div
                id={`${listId}-${option.id}`}
                role="option"
                aria-selected={option === current}
                className={styles.option}
                onMouseMove={() => setChosen(index)}
                onClick={() => open(option)}
              >
                <Icon size={16} aria-hidden className={styles.optionIcon} />
                <span className={styles.optionTitle}>{option.title}</span>
                <span className={styles.optionNote}>{option.note}</span>
              </div>
            </div>
          );
        })}
      </div>
      {options.length === 0 && <p className={styles.nothing}>{t(searching ? 'common.loading' : 'palette.nothing')}</p>}
      <p className={styles.hint}>{t('palette.hint')}</p>
      <span className="r-hidden" role="status">
        {searching ? '' : t('palette.found', { count: options.length })}
      </span>
    </Modal>
  );
}

function useOptions(text: string): { readonly options: readonly Option[]; readonly searching: boolean } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useQuery(sessionQuery).data;
  const [search] = useDebouncedValue(text, 150);
  const enabled = search.length >= 2;
  const tasks = useQuery({ ...taskSearchQuery(search), enabled: enabled && may(session, 'tasks') });
  const cases = useQuery({ ...caseSearchQuery(search), enabled: enabled && may(session, 'cases') });
  const screens = SCREENS.filter((screen) => may(session, screen.permission));
  const matches = screens.filter((screen) => t(`nav.${screen.name}`).toLowerCase().includes(text.toLowerCase()));
  const options: Option[] = [
    ...matches.map((screen) => ({
      id: screen.name,
      section: 'screens' as const,
      title: t(`nav.${screen.name}`),
      note: '',
      open: () => navigate({ to: screen.path }),
    })),
    ...(enabled ? (cases.data ?? []) : []).map((item) => ({
      id: `case-${item.caseKey}`,
      section: 'cases' as const,
      title: item.title,
      note: item.caseNumber ?? '',
      open: () => navigate({ to: '/cases/$caseKey', params: { caseKey: item.caseKey } }),
    })),
    ...(enabled ? (tasks.data ?? []) : []).map((item) => ({
      id: `task-${item.userTaskKey}`,
      section: 'tasks' as const,
      title: `${item.name} · ${item.caseTitle}`,
      note: item.caseNumber ?? '',
      open: () => navigate({ to: '/tasks/$userTaskKey', params: { userTaskKey: item.userTaskKey } }),
    })),
  ];
  return { options, searching: text !== search || tasks.isFetching || cases.isFetching };
}
