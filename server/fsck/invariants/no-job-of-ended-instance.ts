import { rowInvariant } from '../invariant.ts';

export const noJobOfEndedInstance = rowInvariant({
  id: 'no-job-of-ended-instance',
  rule: {
    ru: 'У закончившегося экземпляра нет открытых заданий, задач и инцидентов.',
    en: 'An instance that has ended has no open job, task or incident.',
  },
  remedy: {
    ru: 'Работник сделал бы то, чего никто не ждёт. Остановите работников этого типа и восстановите базу из копии.',
    en: 'A worker would do what nobody waits for. Stop the workers of this type and restore the database from a backup.',
  },
  broken: () =>
    (['job', 'user_task', 'incident'] as const)
      .map(
        (table) => `SELECT '${table}' AS kind, w.${table}_key AS wait_key, w.element_id, w.process_instance_key
        FROM ${table} w JOIN process_instance p
          ON p.bucket = w.bucket AND p.process_instance_key = w.process_instance_key
        WHERE w.ended_at IS NULL AND p.ended_at IS NOT NULL`,
      )
      .join(' UNION ALL '),
  tell: (row) => ({
    ru: `${row['kind']} ${row['wait_key']} у «${row['element_id']}» открыт, а экземпляр ${row['process_instance_key']} закончился`,
    en: `${row['kind']} ${row['wait_key']} at "${row['element_id']}" is open, but instance ${row['process_instance_key']} has ended`,
  }),
});
