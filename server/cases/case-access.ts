import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { RowOf } from '../database/table-spec.ts';
import { decodeRows } from '../database/write-rows.ts';
import { notFound, type Refused } from '../http/refused.ts';
import type { Principal } from '../identity/principal.ts';
import { READS_INSTANCES } from '../identity/route-grants.ts';
import { scopeOf, withinScope } from '../identity/scope.ts';
import { isOutsider } from '../identity/roles.ts';
import { processInstanceTable } from '../runtime/instance-tables.ts';
import { viewerOf } from '../user-tasks/task-list.ts';
import { seesTask, type Condition } from '../user-tasks/task-visibility.ts';

export type InstanceRow = RowOf<typeof processInstanceTable>;

/**
 * Who sees a case, as a condition on `process_instance p`: the permission for cases, an authorisation for the process it
 * began with, or a task in it that is or was one's own. In SQL and nowhere else, so that no list and no page can forget it.
 */
export function seesCase({ dialect }: Executor, principal: Principal): Condition {
  // They are told of their cases in other words (`server/portal/`).
  if (isOutsider(principal)) return { sql: '1 = 0', parameters: [] };
  const scope = scopeOf(principal, 'cases', ...READS_INSTANCES.any);
  if (scope.all) return { sql: '1 = 1', parameters: [] };
  const task = seesTask(dialect, viewerOf(principal));
  const granted = withinScope(scope, 'p.process_id', dialect);
  return {
    sql: `${granted.sql} OR EXISTS (SELECT 1 FROM user_task t WHERE t.bucket = p.bucket
            AND t.root_process_instance_key = p.process_instance_key AND (${task.sql}))`,
    parameters: [...granted.parameters, ...task.parameters],
  };
}

/** The root instance of a case. @throws Refused `not-found`: not there, not a root, or not this person's to see */
export async function requireCase(executor: Executor, caseKey: Key, principal: Principal): Promise<InstanceRow> {
  const visible = seesCase(executor, principal);
  const rows = await queryRows(
    executor,
    `SELECT p.* FROM process_instance p WHERE p.bucket = ? AND p.process_instance_key = ?
       AND p.root_process_instance_key = p.process_instance_key AND (${visible.sql})`,
    [bucketOf(caseKey), caseKey, ...visible.parameters],
  );
  const [found] = decodeRows(processInstanceTable, rows);
  if (found === undefined) throw caseNotFound();
  return found;
}

export function caseNotFound(): Refused {
  return notFound({ ru: 'Дело', en: 'Case' });
}

/** Every instance of the tree, the root first, called ones in the order they began. */
export async function readTree(executor: Executor, caseKey: Key): Promise<readonly InstanceRow[]> {
  const rows = await queryRows(
    executor,
    `SELECT * FROM process_instance WHERE bucket = ? AND root_process_instance_key = ?
     ORDER BY started_at, process_instance_key LIMIT 500`,
    [bucketOf(caseKey), caseKey],
  );
  const tree = decodeRows(processInstanceTable, rows);
  return [...tree].sort(
    (a, b) => Number(b.process_instance_key === caseKey) - Number(a.process_instance_key === caseKey),
  );
}
