import type { TaskQuery, TaskTab } from '#contract';
import type { TaskListFilter } from '../api/tasks.ts';

/** What the address of the work list says; everything is optional, so `/tasks` alone is a good address. */
export interface TaskSearch {
  readonly tab?: TaskTab;
  readonly q?: string;
  readonly deadline?: NonNullable<TaskQuery['deadline']>;
  readonly process?: string;
  readonly step?: string;
}

/** Reads the address; whatever does not belong there is dropped, never an error. */
export function readTaskSearch(search: Readonly<Record<string, unknown>>): TaskSearch {
  const text = (name: string): string | undefined => {
    const value = typeof search[name] === 'number' ? String(search[name]) : search[name];
    return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
  };
  const [tab, deadline] = [text('tab'), text('deadline')];
  return defined({
    tab: tab === 'group' || tab === 'all' ? tab : undefined,
    q: text('q'),
    deadline: deadline === 'overdue' || deadline === 'soon' ? deadline : undefined,
    process: text('process'),
    step: text('step'),
  });
}

/** The list the address asks for. Without the right to all tasks, «Все» becomes «Мои». */
export function taskFilter(search: TaskSearch, mayAll: boolean): TaskListFilter {
  const tab = search.tab === 'all' && !mayAll ? 'mine' : (search.tab ?? 'mine');
  return defined({
    tab,
    search: search.q,
    deadline: search.deadline,
    processId: search.process,
    elementId: search.step,
  });
}

export function isNarrowed(search: TaskSearch): boolean {
  return (
    search.q !== undefined || search.deadline !== undefined || search.process !== undefined || search.step !== undefined
  );
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}
