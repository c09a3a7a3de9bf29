import { rowInvariant } from '../invariant.ts';

/** What its receiver has stored as done (`outbox:<id>` in the log of commands) has been claimed before, so attempts > 0. */
export const outboxOnce = rowInvariant({
  id: 'outbox-once',
  rule: {
    ru: 'Строка исходящих либо ждёт доставки, либо доставлена один раз; её экземпляр существует.',
    en: 'An outbox row is either pending or was delivered once, and the instance it came from exists.',
  },
  remedy: {
    ru: 'Удалите доставленную строку, чтобы она не была доставлена ещё раз: DELETE FROM outbox WHERE outbox_id = …',
    en: 'Delete the row that was delivered, so that it is not delivered again: DELETE FROM outbox WHERE outbox_id = …',
  },
  broken: (dialect) => `
    SELECT o.outbox_id, o.kind, 1 AS delivered FROM outbox o JOIN command_log c
      ON c.bucket = o.bucket AND c.command_id = 'outbox:' || o.outbox_id WHERE o.attempts = 0
    UNION ALL
    SELECT o.outbox_id, o.kind, 0 AS delivered FROM outbox o
      LEFT JOIN process_instance p ON p.bucket = o.bucket
        AND CAST(p.process_instance_key AS TEXT) = ${dialect.jsonText('o.payload', ['from'])}
      WHERE o.kind = 'followUp' AND p.process_instance_key IS NULL`,
  tell: (row) => ({
    ru: `строка «${row['outbox_id']}» (${row['kind']}) ${Number(row['delivered']) === 1 ? 'доставлена, но лежит как новая' : 'ничья: её экземпляра нет'}`,
    en: `row "${row['outbox_id']}" (${row['kind']}) ${Number(row['delivered']) === 1 ? 'was delivered, yet lies there as new' : 'belongs to no instance'}`,
  }),
});
