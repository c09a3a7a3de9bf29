import type { Dialect } from '../database/dialects/dialect.ts';

/** Whose eyes a list is made for. */
export interface Viewer {
  readonly username: string;
  readonly groups: readonly string[];
  readonly seesAll: boolean;
  /** Works on tasks at all: sees what is theirs by name or group. */
  readonly seesOwn: boolean;
  /** Processes whose every task is shown, by authorisation. */
  readonly processIds: readonly string[];
  /** Of another organisation, which their groups are: sees nothing that yet another one holds or has done. */
  readonly isOutsider: boolean;
}

/** A condition on `user_task t` with its parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/** Open tasks offered to the person: by name or through a group. */
export function isCandidate(dialect: Dialect, viewer: Viewer): Condition {
  const { username, groups } = viewer;
  const among = isAmongOwn(dialect, viewer);
  return {
    sql: `EXISTS (SELECT 1 FROM user_task_candidate c WHERE c.bucket = t.bucket AND c.user_task_key = t.user_task_key
            AND ((c.kind = 'user' AND c.name = ?) OR (c.kind = 'group' AND c.name IN (${dialect.listFromJson('text')}))))
          AND ${among.sql}`,
    parameters: [username, JSON.stringify(groups), ...among.parameters],
  };
}

/** A task offered to several organisations is the business of the one that has taken it: who did it, nobody else learns. */
function isAmongOwn(dialect: Dialect, { username, groups, isOutsider }: Viewer): Condition {
  if (!isOutsider) return { sql: '1 = 1', parameters: [] };
  const who = 'COALESCE(t.completed_by, t.assignee)';
  return {
    sql: `(${who} IS NULL OR ${who} = ? OR EXISTS (SELECT 1 FROM group_member m
            WHERE m.username = ${who} AND m.group_id IN (${dialect.listFromJson('text')})))`,
    parameters: [username, JSON.stringify(groups)],
  };
}

/** The same tasks by their keys, each once: a sub-select that reads nothing but the names. */
export function offeredTo(dialect: Dialect, { username, groups }: Viewer): Condition {
  return {
    sql: `SELECT c.bucket, c.user_task_key FROM user_task_candidate c WHERE c.kind = 'user' AND c.name = ?
      UNION SELECT c.bucket, c.user_task_key FROM user_task_candidate c
      WHERE c.kind = 'group' AND c.name IN (${dialect.listFromJson('text')})`,
    parameters: [username, JSON.stringify(groups)],
  };
}

/**
 * The rule of who sees a task, in SQL and nowhere else: its holder, whom it was offered to, who completed it, and those
 * with the permission for all tasks, or an authorisation for those of the process. Candidates of an ended task are read from the row, whose list no longer changes.
 */
export function seesTask(dialect: Dialect, viewer: Viewer): Condition {
  if (viewer.seesAll) return { sql: '1 = 1', parameters: [] };
  const granted = ofGrantedProcess(dialect, viewer);
  if (!viewer.seesOwn) return granted;
  const candidate = isCandidate(dialect, viewer);
  const wasOffered = [`%${likeText(JSON.stringify(viewer.username))}%`];
  const wasOfferedToGroup = viewer.groups.map((group) => `%${likeText(JSON.stringify(group))}%`);
  const groupSql = wasOfferedToGroup.map(() => `t.candidate_groups LIKE ? ESCAPE '!'`);
  const offered = [`t.candidate_users LIKE ? ESCAPE '!'`, ...groupSql].join(' OR ');
  const among = isAmongOwn(dialect, viewer);
  return {
    sql: `t.assignee = ? OR t.completed_by = ? OR (${candidate.sql})
      OR (t.ended_at IS NOT NULL AND (${offered}) AND ${among.sql}) OR ${granted.sql}`,
    parameters: [
      viewer.username,
      viewer.username,
      ...candidate.parameters,
      ...wasOffered,
      ...wasOfferedToGroup,
      ...among.parameters,
      ...granted.parameters,
    ],
  };
}

/** Tasks of the processes that the viewer is authorised to see. */
export function ofGrantedProcess(dialect: Dialect, { processIds }: Viewer): Condition {
  if (processIds.length === 0) return { sql: '1 = 0', parameters: [] };
  return { sql: `t.process_id IN (${dialect.listFromJson('text')})`, parameters: [JSON.stringify(processIds)] };
}

/** Text that stands for itself inside a LIKE pattern with `ESCAPE '!'`. */
export function likeText(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}
