import type { TaskPage, TaskSummary, TaskTab } from '#contract';
import { ActionIcon, Indicator, Menu, Pill, TextInput, UnstyledButton } from '@mantine/core';
import { IconCheck, IconFilter, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TabBar } from '../ui/tab-bar.tsx';
import { useSearchText } from '../ui/use-search-text.ts';
import styles from './task-filters.module.css';
import { isNarrowed, type TaskSearch } from './task-search.ts';

interface TaskFiltersProps {
  readonly search: TaskSearch;
  readonly mayAll: boolean;
  readonly counts: TaskPage['counts'] | undefined;
  readonly tasks: readonly TaskSummary[];
  /** Another list: the open task is left. */
  readonly onTab: (search: TaskSearch) => void;
  /** The same list, narrowed: the open task stays. */
  readonly onRefine: (search: TaskSearch) => void;
}

const TABS: readonly TaskTab[] = ['mine', 'group', 'all'];

export function TaskFilters({ search, mayAll, counts, tasks, onTab, onRefine }: TaskFiltersProps) {
  const { t } = useTranslation();
  const [text, setText] = useSearchText(search.q ?? '', (q) => onRefine({ ...search, q: q === '' ? undefined : q }));
  const tabs = TABS.filter((tab) => tab !== 'all' || mayAll).map((tab) => ({
    value: tab,
    label: t(`tasks.tabs.${tab}`),
    count: counts?.[tab],
  }));
  return (
    <div className={styles.filters}>
      <div className={styles.tabs}>
        <TabBar
          id="tasks"
          label={t('tasks.title')}
          tabs={tabs}
          value={search.tab ?? 'mine'}
          onChange={(tab) => onTab({ ...search, tab: tab === 'mine' ? undefined : tab })}
        />
      </div>
      <div className={styles.bar}>
        <TextInput
          className={styles.search}
          size="sm"
          leftSection={<IconSearch size={16} />}
          placeholder={t('tasks.search')}
          aria-label={t('tasks.search')}
          type="search"
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <FilterMenu search={search} tasks={tasks} onRefine={onRefine} />
      </div>
      <Chips
        search={search}
        tasks={tasks}
        overdue={search.tab === undefined ? (counts?.overdue ?? 0) : 0}
        onRefine={onRefine}
      />
    </div>
  );
}

type FilterMenuProps = Pick<TaskFiltersProps, 'search' | 'tasks' | 'onRefine'>;

function FilterMenu({ search, tasks, onRefine }: FilterMenuProps) {
  const { t } = useTranslation();
  const processes = processesOf(tasks);
  const item = (label: string, checked: boolean, next: TaskSearch) => (
    <Menu.Item
      key={label}
      role="menuitemradio"
      aria-checked={checked}
      rightSection={checked ? <IconCheck size={16} /> : null}
      onClick={() => onRefine(next)}
    >
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon size={36} variant="default" aria-label={t('tasks.filters')}>
          <Indicator disabled={search.deadline === undefined && search.process === undefined} size={7} offset={-1}>
            <IconFilter size={18} stroke={1.6} />
          </Indicator>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('tasks.deadline')}</Menu.Label>
        {item(t('tasks.anyDeadline'), search.deadline === undefined, { ...search, deadline: undefined })}
        {item(t('tasks.soon'), search.deadline === 'soon', { ...search, deadline: 'soon' })}
        {item(t('tasks.overdue'), search.deadline === 'overdue', { ...search, deadline: 'overdue' })}
        {processes.length > 1 && <Menu.Label>{t('tasks.process')}</Menu.Label>}
        {processes.length > 1 &&
          processes.map(([id, name]) => {
            const checked = search.process === id;
            return item(name, checked, { ...search, process: checked ? undefined : id });
          })}
      </Menu.Dropdown>
    </Menu>
  );
}

function Chips({ search, tasks, overdue, onRefine }: FilterMenuProps & { readonly overdue: number }) {
  const { t } = useTranslation();
  const processName = processesOf(tasks).find(([id]) => id === search.process)?.[1] ?? search.process;
  if (!isNarrowed(search) && overdue === 0) return null;
  const remove = { 'aria-label': t('tasks.clear'), tabIndex: 0, 'aria-hidden': false } as const;
  return (
    <div className={styles.chips}>
      {search.deadline === undefined && overdue > 0 && (
        <UnstyledButton className={styles.late} onClick={() => onRefine({ ...search, deadline: 'overdue' })}>
          {t('tasks.overdueCount', { count: overdue })}
        </UnstyledButton>
      )}
      {search.deadline !== undefined && (
        <Pill withRemoveButton removeButtonProps={remove} onRemove={() => onRefine({ ...search, deadline: undefined })}>
          {t(`tasks.${search.deadline}`)}
        </Pill>
      )}
      {search.process !== undefined && (
        <Pill withRemoveButton removeButtonProps={remove} onRemove={() => onRefine({ ...search, process: undefined })}>
          {processName}
        </Pill>
      )}
      {search.step !== undefined && (
        <Pill withRemoveButton removeButtonProps={remove} onRemove={() => onRefine({ ...search, step: undefined })}>
          {tasks.find((task) => task.elementId === search.step)?.name ?? search.step}
        </Pill>
      )}
    </div>
  );
}

/** The processes in sight: nobody picks from a list of processes they have no task of. */
function processesOf(tasks: readonly TaskSummary[]): readonly (readonly [id: string, name: string])[] {
  return [...new Map(tasks.map((task) => [task.processId, task.processName]))].sort(([, a], [, b]) =>
    a.localeCompare(b),
  );
}
