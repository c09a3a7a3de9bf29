import { accessTo, type Key, type TaskForm } from '#engine';
import type { Dialect } from '../database/dialects/dialect.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { Condition } from '../user-tasks/task-visibility.ts';

/** Scopes around a task, innermost first, as a condition on `variable v` with one parameter pair. */
const CHAIN = `WITH RECURSIVE chain (scope_key, depth) AS (
    SELECT CAST(? AS BIGINT), 0
    UNION ALL
    SELECT e.scope_key, c.depth + 1 FROM chain c
    JOIN element_instance e ON e.bucket = ? AND e.element_instance_key = c.scope_key
    WHERE e.scope_key IS NOT NULL AND c.depth < 100
  )`;

/**
 * The variables of a task as its element sees them: each name once, from the innermost scope that has it. Without the
 * permission to read every variable, only those that the task's form shows (nothing else leaves the server).
 */
export async function taskVariables(view: {
  readonly row: Readonly<Record<string, unknown>>;
  readonly definitions: Definitions;
  readonly dialect: Dialect;
  readonly all: boolean;
}): Promise<readonly Condition[]> {
  const { row, definitions, dialect, all } = view;
  const bucket = row['bucket'] as number;
  const place = [row['element_instance_key'] as Key, bucket];
  const visible: Condition = {
    sql: `v.bucket = ? AND v.process_instance_key = ? AND v.variable_key IN (
      ${CHAIN} SELECT i.variable_key FROM variable i JOIN chain a ON a.scope_key = i.scope_key
      WHERE i.bucket = ? AND i.process_instance_key = ? AND NOT EXISTS (
        SELECT 1 FROM variable n JOIN chain b ON b.scope_key = n.scope_key
        WHERE n.bucket = i.bucket AND n.process_instance_key = i.process_instance_key AND n.name = i.name AND b.depth < a.depth))`,
    parameters: [bucket, row['process_instance_key'] as Key, ...place, bucket, row['process_instance_key'] as Key],
  };
  if (all) return [visible];
  const form = JSON.parse((row['form'] as string | null) ?? 'null') as TaskForm | null;
  const names = form === null ? [] : await readableNames(definitions, form);
  return [visible, { sql: `v.name IN (${dialect.listFromJson('text')})`, parameters: [JSON.stringify(names)] }];
}

async function readableNames(definitions: Definitions, form: TaskForm): Promise<readonly string[]> {
  const { model } = await definitions.form(form.formKey);
  return model.fields.filter((field) => accessTo(field, form.binding ?? {}).readable).map(({ name }) => name);
}
