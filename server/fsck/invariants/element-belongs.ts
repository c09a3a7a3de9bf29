import { rowInvariant } from '../invariant.ts';

export const elementBelongs = rowInvariant({
  id: 'element-belongs',
  rule: {
    ru: 'Каждый действующий элемент лежит в действующей области действующего экземпляра.',
    en: 'Every live element lies in a live scope of an active instance.',
  },
  remedy: {
    ru: 'Команды этого экземпляра могут отклоняться. Восстановите базу из копии или отмените экземпляр.',
    en: 'Commands on this instance may be refused. Restore the database from a backup, or cancel the instance.',
  },
  broken: () => `SELECT e.element_instance_key, e.element_id, e.process_instance_key FROM element_instance e
    LEFT JOIN process_instance p ON p.bucket = e.bucket AND p.process_instance_key = e.process_instance_key
    LEFT JOIN element_instance s ON s.bucket = e.bucket AND s.element_instance_key = e.scope_key
    WHERE e.ended_at IS NULL AND (p.process_instance_key IS NULL OR p.ended_at IS NOT NULL
      OR (e.scope_key IS NOT NULL AND (s.element_instance_key IS NULL OR s.ended_at IS NOT NULL)))`,
  tell: (row) => ({
    ru: `элемент «${row['element_id']}» (${row['element_instance_key']}) экземпляра ${row['process_instance_key']} действует вне действующей области`,
    en: `element "${row['element_id']}" (${row['element_instance_key']}) of instance ${row['process_instance_key']} is live outside of a live scope`,
  }),
});
