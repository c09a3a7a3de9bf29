import { Type } from '@sinclair/typebox';
import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { Condition } from '../user-tasks/task-visibility.ts';

export const ElementStatistics = Type.Object({
  items: Type.Array(
    Type.Object({
      elementId: Type.String(),
      active: Type.Integer(),
      canceled: Type.Integer(),
      incidents: Type.Integer(),
      completed: Type.Integer(),
    }),
  ),
});

type Counts = Readonly<Record<'active' | 'canceled' | 'incidents' | 'completed', number>>;

/** What the API counts of an element. */
type ElementCounts = { readonly elementId: string } & Counts;

/** How often each element of an instance waits, got stuck, was passed and was cut off; the process itself is not one. */
export function elementStatistics(executor: Executor, processInstanceKey: Key): Promise<readonly ElementCounts[]> {
  return countElements(executor, 'element_instance e', {
    sql: 'e.bucket = ? AND e.process_instance_key = ?',
    parameters: [bucketOf(processInstanceKey), processInstanceKey],
  });
}

/** The same of all instances of one version of a process that fit `where`, which speaks of `process_instance p`. */
export function definitionStatistics(
  executor: Executor,
  definition: { readonly processDefinitionKey: Key; readonly processId: string },
  where: Condition,
): Promise<readonly ElementCounts[]> {
  const { processDefinitionKey, processId } = definition;
  // CROSS JOIN: on SQLite it says from where the elements are looked up.
  return countElements(executor, 'process_instance p CROSS JOIN element_instance e', {
    // By the id as well, which an index knows.
    sql: `e.bucket = p.bucket AND e.process_instance_key = p.process_instance_key
      AND p.process_id = ? AND p.process_definition_key = ? AND ${where.sql}`,
    parameters: [processId, processDefinitionKey, ...where.parameters],
  });
}

async function countElements(executor: Executor, from: string, where: Condition): Promise<readonly ElementCounts[]> {
  const rows = await queryRows<{ element_id: string } & Counts>(
    executor,
    `SELECT e.element_id,
       sum(CASE WHEN e.ended_at IS NULL THEN 1 ELSE 0 END) AS active,
       sum(CASE WHEN e.state = 'terminated' THEN 1 ELSE 0 END) AS canceled,
       sum(CASE WHEN e.state = 'completed' THEN 1 ELSE 0 END) AS completed,
       sum(CASE WHEN EXISTS (SELECT 1 FROM incident i WHERE i.bucket = e.bucket
         AND i.process_instance_key = e.process_instance_key AND i.element_instance_key = e.element_instance_key
         AND i.ended_at IS NULL) THEN 1 ELSE 0 END) AS incidents
     FROM ${from} WHERE ${where.sql} AND e.element_type <> 'process'
     GROUP BY e.element_id ORDER BY e.element_id`,
    where.parameters,
  );
  return rows.map(({ element_id: elementId, active, canceled, incidents, completed }) => ({
    elementId,
    active: Number(active),
    canceled: Number(canceled),
    incidents: Number(incidents),
    completed: Number(completed),
  }));
}
