import type { CalendarSet, TaskDeadline } from '#engine';
import type { Language, TaskPage, TaskQuery, TaskSummary } from '#contract';
import { queryRows, readerOf, type Database, type Executor } from '../database/connect.ts';
import type { Dialect } from '../database/dialects/dialect.ts';
import { decodeRows } from '../database/write-rows.ts';
import { Refused } from '../http/refused.ts';
import type { Principal } from '../identity/principal.ts';
import { READS_TASKS } from '../identity/route-grants.ts';
import { scopeOf } from '../identity/scope.ts';
import { isOutsider } from '../identity/roles.ts';
import { userTaskTable } from '../runtime/instance-tables.ts';
import { readDirectory } from '../users/directory.ts';
import { deadlineView } from './deadline-view.ts';
import { readCursor, writeCursor } from './task-cursor.ts';
import type { TaskRow } from './task-read-model.ts';
import {
  isCandidate,
  likeText,
  offeredTo,
  ofGrantedProcess,
  seesTask,
  type Condition,
  type Viewer,
} from './task-visibility.ts';

const DEFAULT_LIMIT = 50;
/** «Скоро»: warned already, or due within a day by the clock. Working time is counted per row, too late for a filter. */
const SOON = 24 * 60 * 60_000;

export interface TaskList {
  /** One page of the work list. @throws Refused `forbidden` for the tab of all without the permission, `invalid-request` */
  page(query: TaskQuery, asker: { readonly principal: Principal; readonly language: Language }): Promise<TaskPage>;
  /** Rows as summaries in a person's language, in the order given. */
  summaries(rows: readonly TaskRow[], language: Language): Promise<readonly TaskSummary[]>;
}

export interface TaskListDeps {
  readonly database: Database;
  readonly now: () => number;
  readonly zone: string;
  readonly calendars: () => CalendarSet;
}

export function viewerOf(principal: Principal): Viewer {
  const { username, groups, permissions } = principal;
  const { all, ids } = scopeOf(principal, 'all-tasks', ...READS_TASKS.any);
  return {
    username,
    groups,
    seesAll: all,
    seesOwn: permissions.has('tasks'),
    processIds: [...ids],
    isOutsider: isOutsider(principal),
  };
}

export function createTaskList({ database, now, zone, calendars }: TaskListDeps): TaskList {
  const reader = readerOf(database);

  const summaries = async (rows: readonly TaskRow[], language: Language): Promise<readonly TaskSummary[]> => {
    const groupIds = rows.flatMap((row) => [...groupsOf(row), ...escalationOf(row)]);
    const usernames = rows.flatMap(({ assignee }) => (assignee === null ? [] : [assignee]));
    const { personName, groupName } = await readDirectory(reader, { usernames, groupIds, language });
    return rows.map((row) => ({
      userTaskKey: String(row.user_task_key),
      name: row.name,
      elementId: row.element_id,
      state: row.state as TaskSummary['state'],
      caseKey: String(row.root_process_instance_key),
      caseNumber: row.case_number,
      caseTitle: row.case_title ?? row.process_name,
      processId: row.process_id,
      processName: row.process_name,
      client: row.client,
      assignee: row.assignee,
      assigneeName: row.assignee === null ? null : personName(row.assignee),
      candidateGroups: [...groupsOf(row)],
      candidateGroupNames: groupsOf(row).map(groupName),
      priority: row.priority,
      createdAt: new Date(row.created_at).toISOString(),
      deadline: deadlineView(
        { createdAt: row.created_at, dueAt: row.due_at, deadline: row.deadline as TaskDeadline | null },
        { asOf: row.ended_at ?? now(), calendars: calendars(), zone, groupName },
      ),
    }));
  };

  return {
    summaries,
    async page(query, { principal, language }) {
      const asOf = now();
      const viewer = viewerOf(principal);
      const limit = query.limit ?? DEFAULT_LIMIT;
      const counts = await countsOf(reader, viewer, asOf);
      const conditions = [tabCondition(reader, query.tab, { viewer, counts }), ...filters(query, asOf)];
      const rows = await inOrderOfDeadline(reader, conditions, { cursor: query.cursor, limit: limit + 1 });
      const tasks = decodeRows(userTaskTable, rows);
      const shown = tasks.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: (await summaries(shown, language)).map((task) => forViewer(task, viewer)),
        nextCursor:
          tasks.length > limit && last !== undefined ? writeCursor([last.sort_due_at, last.user_task_key]) : null,
        asOf: new Date(asOf).toISOString(),
        counts,
      };
    },
  };
}

/** To whom else a task is offered, people from outside do not learn: it may be another organisation. */
export function forViewer(task: TaskSummary, { groups, isOutsider }: Viewer): TaskSummary {
  if (!isOutsider) return task;
  const own = task.candidateGroups.map((group) => groups.includes(group));
  return {
    ...task,
    candidateGroups: task.candidateGroups.filter((_, at) => own[at]),
    candidateGroupNames: task.candidateGroupNames.filter((_, at) => own[at]),
  };
}

type Counts = TaskPage['counts'];

function tabCondition(
  { dialect }: Executor,
  tab: TaskQuery['tab'],
  { viewer, counts }: { readonly viewer: Viewer; readonly counts: Counts },
): Condition {
  if (tab === 'mine') return { sql: 't.assignee = ?', parameters: [viewer.username] };
  if (tab === 'group') {
    const offered =
      counts.group > FEW || viewer.isOutsider ? isCandidate(dialect, viewer) : isAmongOffered(dialect, viewer);
    return groupTab(offered, viewer);
  }
  if (viewer.seesAll) return seesTask(dialect, viewer);
  if (viewer.processIds.length > 0) return ofGrantedProcess(dialect, viewer);
  throw new Refused('forbidden', {
    ru: 'Все задачи видят руководитель и аналитик. Вам открыты «Мои» и «Моей группы».',
    en: 'All tasks are shown to the head and the analyst. Yours are "mine" and "my group".',
  });
}

/** Up to so many tasks are read and sorted; of more, a walk in the order of deadlines soon finds a page full. */
const FEW = 2_000;

/** As `isCandidate`, but found from the names: the other one asks each task. */
function isAmongOffered(dialect: Dialect, viewer: Viewer): Condition {
  const { sql, parameters } = offeredTo(dialect, viewer);
  return { sql: `(t.bucket, t.user_task_key) IN (${sql})`, parameters };
}

/** What is offered to the person and not in their own hands already; taken by a colleague is shown, with the name. */
function groupTab(candidate: Condition, { username }: Viewer): Condition {
  return {
    sql: `${candidate.sql} AND (t.assignee IS NULL OR t.assignee <> ?)`,
    parameters: [...candidate.parameters, username],
  };
}

function filters({ search, processId, elementId, deadline }: TaskQuery, asOf: number): readonly Condition[] {
  const found: Condition[] = [];
  const text = search?.trim().toLocaleLowerCase('ru') ?? '';
  if (text !== '') {
    const pattern = `%${likeText(text)}%`;
    found.push({
      sql: `t.case_search LIKE ? ESCAPE '!' OR t.name_search LIKE ? ESCAPE '!'`,
      parameters: [pattern, pattern],
    });
  }
  if (processId !== undefined) found.push({ sql: 't.process_id = ?', parameters: [processId] });
  if (elementId !== undefined) found.push({ sql: 't.element_id = ?', parameters: [elementId] });
  if (deadline === 'overdue') found.push({ sql: 't.sort_due_at < ?', parameters: [asOf] });
  if (deadline === 'soon') {
    found.push({
      sql: 't.sort_due_at >= ? AND (t.warn_at <= ? OR t.sort_due_at <= ?)',
      parameters: [asOf, asOf, asOf + SOON],
    });
  }
  return found;
}

/**
 * Tasks with a deadline first, the earliest first; then those without. Two statements, since each then reads an index in
 * its order and stops when the page is full, which neither database does for "nulls last" in one. Keyset paging: what comes
 * after the last row shown, however many rows were completed meanwhile.
 */
async function inOrderOfDeadline(
  executor: Executor,
  conditions: readonly Condition[],
  { cursor, limit }: { readonly cursor: string | undefined; readonly limit: number },
): Promise<readonly Record<string, unknown>[]> {
  const [due, key] = cursor === undefined ? [undefined, 0] : readCursor(cursor);
  const read = (more: Condition, left: number): Promise<readonly Record<string, unknown>[]> => {
    const all = [...conditions, more];
    return queryRows(
      executor,
      `SELECT t.* FROM user_task t WHERE t.ended_at IS NULL AND ${all.map(({ sql }) => `(${sql})`).join(' AND ')}
       ORDER BY t.sort_due_at, t.user_task_key LIMIT ?`,
      [...all.flatMap(({ parameters }) => parameters), left],
    );
  };
  const withDeadline =
    due === null
      ? []
      : await read(
          due === undefined
            ? { sql: 't.sort_due_at IS NOT NULL', parameters: [] }
            : { sql: '(t.sort_due_at, t.user_task_key) > (?, ?)', parameters: [due, key] },
          limit,
        );
  if (withDeadline.length === limit) return withDeadline;
  const after = due === null ? { sql: ' AND t.user_task_key > ?', parameters: [key] } : { sql: '', parameters: [] };
  const without = { sql: `t.sort_due_at IS NULL${after.sql}`, parameters: after.parameters };
  return [...withDeadline, ...(await read(without, limit - withDeadline.length))];
}

async function countsOf(executor: Executor, viewer: Viewer, asOf: number): Promise<Counts> {
  const { dialect } = executor;
  const countRows = async (from: string, parameters: Condition['parameters']): Promise<number> => {
    const [row] = await queryRows<{ n: number }>(executor, `SELECT count(*) AS n FROM ${from}`, parameters);
    return Number(row!.n);
  };
  const count = ({ sql, parameters }: Condition): Promise<number> =>
    countRows(`user_task t WHERE t.ended_at IS NULL AND (${sql})`, parameters);
  const candidate = isCandidate(dialect, viewer);
  const own = { sql: 't.assignee = ?', parameters: [viewer.username] };
  if (viewer.isOutsider) {
    const late = {
      sql: `t.sort_due_at < ? AND (${own.sql} OR ${candidate.sql})`,
      parameters: [asOf, ...own.parameters, ...candidate.parameters],
    };
    return {
      mine: await count(own),
      group: await count(groupTab(candidate, viewer)),
      all: 0,
      overdue: await count(late),
    };
  }
  const offered = offeredTo(dialect, viewer);
  // Only open tasks have candidates, so their names tell how many there are without a look at the tasks.
  const all = await countRows(`(${offered.sql}) AS offered`, offered.parameters);
  const taken = await count({
    sql: `t.assignee = ? AND ${candidate.sql}`,
    parameters: [viewer.username, ...candidate.parameters],
  });
  return {
    mine: await count(own),
    group: all - taken,
    all: viewer.seesAll
      ? await count({ sql: '1 = 1', parameters: [] })
      : viewer.processIds.length > 0
        ? await count(ofGrantedProcess(dialect, viewer))
        : 0,
    overdue: await count({
      sql: `t.sort_due_at < ? AND (t.assignee = ? OR ${candidate.sql})`,
      parameters: [asOf, viewer.username, ...candidate.parameters],
    }),
  };
}

function groupsOf(row: TaskRow): readonly string[] {
  return row.candidate_groups as readonly string[];
}

function escalationOf(row: TaskRow): readonly string[] {
  const group = (row.deadline as TaskDeadline | null)?.escalateTo ?? null;
  return group === null ? [] : [group];
}
