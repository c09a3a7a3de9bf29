/** Rows that an element or a scope waits by, with the column that names the element instance. */
export const WAITS = [
  { table: 'user_task', key: 'user_task_key', element: 'element_instance_key', ends: true },
  { table: 'job', key: 'job_key', element: 'element_instance_key', ends: true },
  { table: 'incident', key: 'incident_key', element: 'element_instance_key', ends: true },
  { table: 'timer', key: 'timer_key', element: 'element_instance_key', ends: false },
  { table: 'message_subscription', key: 'subscription_key', element: 'element_instance_key', ends: false },
  { table: 'signal_subscription', key: 'subscription_key', element: 'element_instance_key', ends: false },
  { table: 'condition_subscription', key: 'subscription_key', element: 'element_instance_key', ends: false },
  { table: 'token', key: 'token_key', element: 'scope_key', ends: false },
] as const;

/** ` AND w.ended_at IS NULL` for tables whose rows stay when they end. */
export function stillOpen({ ends }: (typeof WAITS)[number], alias: string): string {
  return ends ? ` AND ${alias}.ended_at IS NULL` : '';
}
