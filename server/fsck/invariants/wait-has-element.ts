import { rowInvariant } from '../invariant.ts';
import { stillOpen, WAITS } from './waits.ts';

export const waitHasElement = rowInvariant({
  id: 'wait-has-element',
  rule: {
    ru: 'За каждой открытой задачей, заданием, таймером, подпиской, инцидентом и токеном стоит действующий элемент.',
    en: 'Behind every open task, job, timer, subscription, incident and token there is a live element.',
  },
  remedy: {
    ru: 'Такая строка никогда не сработает. Восстановите базу из копии или отмените экземпляр: с ним уйдут и его строки.',
    en: 'Such a row can never take effect. Restore the database from a backup, or cancel the instance: its rows go with it.',
  },
  broken: () =>
    WAITS.map(
      (wait) => `SELECT '${wait.table}' AS kind, w.${wait.key} AS wait_key, w.element_id, w.process_instance_key
      FROM ${wait.table} w LEFT JOIN element_instance e
        ON e.bucket = w.bucket AND e.element_instance_key = w.${wait.element} AND e.ended_at IS NULL
      WHERE e.element_instance_key IS NULL${stillOpen(wait, 'w')}`,
    ).join(' UNION ALL '),
  tell: (row) => ({
    ru: `${row['kind']} ${row['wait_key']} у «${row['element_id']}» экземпляра ${row['process_instance_key']}: элемента нет или он закончился`,
    en: `${row['kind']} ${row['wait_key']} at "${row['element_id']}" of instance ${row['process_instance_key']}: its element is not there or has ended`,
  }),
});
