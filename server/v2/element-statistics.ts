import { Type } from '@sinclair/typebox';
import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';

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

/** How often each element of an instance waits, got stuck, was passed and was cut off; the process itself is not one. */
export async function elementStatistics(
  executor: Executor,
  processInstanceKey: Key,
): Promise<readonly ({ elementId: string } & Counts)[]> {
  const rows = await queryRows<{ element_id: string } & Counts>(
    executor,
    `SELECT e.element_id,
       sum(CASE WHEN e.ended_at IS NULL THEN 1 ELSE 0 END) AS active,
       sum(CASE WHEN e.state = 'terminated' THEN 1 ELSE 0 END) AS canceled,
       sum(CASE WHEN e.state = 'completed' THEN 1 ELSE 0 END) AS completed,
       sum(CASE WHEN EXISTS (SELECT 1 FROM incident i WHERE i.bucket = e.bucket
         AND i.process_instance_key = e.process_instance_key AND i.element_instance_key = e.element_instance_key
         AND i.ended_at IS NULL) THEN 1 ELSE 0 END) AS incidents
     FROM element_instance e
     WHERE e.bucket = ? AND e.process_instance_key = ? AND e.element_type <> 'process'
     GROUP BY e.element_id ORDER BY e.element_id`,
    [bucketOf(processInstanceKey), processInstanceKey],
  );
  return rows.map(({ element_id: elementId, active, canceled, incidents, completed }) => ({
    elementId,
    active: Number(active),
    canceled: Number(canceled),
    incidents: Number(incidents),
    completed: Number(completed),
  }));
}
