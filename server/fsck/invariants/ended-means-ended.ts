import { rowInvariant } from '../invariant.ts';

export const endedMeansEnded = rowInvariant({
  id: 'ended-means-ended',
  rule: {
    ru: 'Состояние экземпляра и время его окончания говорят одно и то же; в журнале есть его конец.',
    en: 'The state of an instance and the time it ended say the same, and its history has its end.',
  },
  remedy: {
    ru: 'Строка экземпляра правлена помимо системы или повреждена. Восстановите базу из копии.',
    en: 'The row of the instance was changed past the system, or is damaged. Restore the database from a backup.',
  },
  // A child that has completed may still drop what could have been undone, so its end need not be its last event.
  broken: () => `SELECT p.process_instance_key, p.state FROM process_instance p
    WHERE (p.state IN ('completed', 'terminated')) <> (p.ended_at IS NOT NULL)
      OR (p.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM history_event h WHERE h.bucket = p.bucket
        AND h.process_instance_key = p.process_instance_key AND h.kind IN ('instanceCompleted', 'instanceTerminated')))`,
  tell: (row) => ({
    ru: `экземпляр ${row['process_instance_key']} в состоянии «${row['state']}», но время окончания или журнал говорят иное`,
    en: `instance ${row['process_instance_key']} is "${row['state']}", but its end time or its history says otherwise`,
  }),
});
