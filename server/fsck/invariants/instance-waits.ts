import { rowInvariant } from '../invariant.ts';
import { stillOpen, WAITS } from './waits.ts';

/**
 * An instance that waits for nothing stands for ever and nobody is told. Beside rows of its own it may wait for a called
 * instance, for data (`missingInputs`), for somebody to choose (ad-hoc), or for the outbox to continue it.
 */
export const instanceWaits = rowInvariant({
  id: 'instance-waits',
  rule: {
    ru: 'Каждый действующий экземпляр чего-то ждёт: у него есть токен, задача, задание, таймер, подписка или инцидент.',
    en: 'Every active instance waits for something: a token, task, job, timer, subscription or incident.',
  },
  remedy: {
    ru: 'Экземпляр стоит и сам не пойдёт. Сохраните базу и журнал и сообщите разработчикам; чтобы продолжить дело, измените экземпляр (modification) или отмените его и начните заново.',
    en: 'The instance stands and will not go on by itself. Keep the database and the log and tell the developers; to continue, modify the instance, or cancel it and start anew.',
  },
  broken: (dialect) => {
    const waits = WAITS.map(
      (wait) =>
        `NOT EXISTS (SELECT 1 FROM ${wait.table} w WHERE w.bucket = p.bucket
           AND w.process_instance_key = p.process_instance_key${stillOpen(wait, 'w')})`,
    );
    const inside = `SELECT 1 FROM element_instance e WHERE e.bucket = p.bucket
      AND e.process_instance_key = p.process_instance_key AND e.ended_at IS NULL`;
    const followUp = `SELECT 1 FROM outbox o WHERE o.bucket = p.bucket AND o.kind = 'followUp'
      AND ${dialect.jsonText('o.payload', ['from'])} = CAST(p.process_instance_key AS TEXT)`;
    return `SELECT p.process_instance_key, p.process_id FROM process_instance p
      WHERE p.ended_at IS NULL AND ${waits.join(' AND ')}
        AND NOT EXISTS (${inside} AND (e.called_instance_key IS NOT NULL OR e.element_type = 'adHocSubProcess'
          OR e.memory LIKE '%"missingInputs":["%'))
        AND NOT EXISTS (${followUp})`;
  },
  tell: (row) => ({
    ru: `экземпляр ${row['process_instance_key']} процесса «${row['process_id']}» ничего не ждёт`,
    en: `instance ${row['process_instance_key']} of "${row['process_id']}" waits for nothing`,
  }),
});
