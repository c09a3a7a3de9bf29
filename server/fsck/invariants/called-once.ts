import { rowInvariant } from '../invariant.ts';

export const calledOnce = rowInvariant({
  id: 'called-once',
  rule: {
    ru: 'Каждый вызов начал ровно один экземпляр, и оба знают друг о друге.',
    en: 'Every call has started exactly one instance, and both know of each other.',
  },
  remedy: {
    ru: 'Начатый второй раз экземпляр отмените; вызов без экземпляра отмените вместе с его делом или измените.',
    en: 'Cancel the instance that was started a second time; a call without an instance must be modified or canceled.',
  },
  broken: () => `
    SELECT p.parent_element_instance_key AS call_key, count(*) AS children, max(p.process_instance_key) AS child
      FROM process_instance p WHERE p.parent_element_instance_key IS NOT NULL
      GROUP BY p.bucket, p.parent_element_instance_key HAVING count(*) > 1
    UNION ALL
    SELECT e.element_instance_key AS call_key, 0 AS children, e.called_instance_key AS child FROM element_instance e
      LEFT JOIN process_instance p ON p.bucket = e.bucket AND p.process_instance_key = e.called_instance_key
        AND p.parent_element_instance_key = e.element_instance_key
      WHERE e.called_instance_key IS NOT NULL AND e.ended_at IS NULL AND p.process_instance_key IS NULL`,
  tell: (row) => ({
    ru: `вызов ${row['call_key']}: экземпляров ${row['children']}, последний ${row['child']}`,
    en: `call ${row['call_key']}: ${row['children']} instances, the last ${row['child']}`,
  }),
});
