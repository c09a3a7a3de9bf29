import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import type { RowOf } from '../database/table-spec.ts';
import { userTaskTable } from '../runtime/instance-tables.ts';
import { seesTask, type Viewer } from './task-visibility.ts';

export type TaskRow = RowOf<typeof userTaskTable>;

/** The task if this person may see it, open or ended; null for a task that is not there or not theirs to see. */
export async function findVisibleTask(executor: Executor, userTaskKey: Key, viewer: Viewer): Promise<TaskRow | null> {
  const visible = seesTask(executor.dialect, viewer);
  const rows = await queryRows(
    executor,
    `SELECT t.* FROM user_task t WHERE t.bucket = ? AND t.user_task_key = ? AND (${visible.sql})`,
    [bucketOf(userTaskKey), userTaskKey, ...visible.parameters],
  );
  return decodeRows(userTaskTable, rows)[0] ?? null;
}

/** Variables by name as the element's scope sees them: its own hide those of the scopes around it. */
export async function readScopeVariables(
  executor: Executor,
  place: {
    readonly bucket: number;
    readonly elementInstanceKey: Key;
    readonly processInstanceKey: Key;
    /** Without what has changed since; null: as it is now. */
    readonly until?: number | null;
  },
): Promise<Readonly<Record<string, unknown>>> {
  const { until = null } = place;
  const rows = await queryRows<{ name: string; value: string }>(
    executor,
    `WITH RECURSIVE chain (scope_key, depth) AS (
       SELECT CAST(? AS BIGINT), 0
       UNION ALL
       SELECT e.scope_key, c.depth + 1 FROM chain c
       JOIN element_instance e ON e.bucket = ? AND e.element_instance_key = c.scope_key
       WHERE e.scope_key IS NOT NULL AND c.depth < 100
     )
     SELECT v.name, v.value FROM chain c
     JOIN variable v ON v.bucket = ? AND v.process_instance_key = ? AND v.scope_key = c.scope_key
     ${until === null ? '' : 'WHERE v.updated_at <= ?'} ORDER BY c.depth DESC`,
    [
      place.elementInstanceKey,
      place.bucket,
      place.bucket,
      place.processInstanceKey,
      ...(until === null ? [] : [until]),
    ],
  );
  const variables: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const { name, value } of rows) variables[name] = JSON.parse(value);
  return { ...variables };
}
