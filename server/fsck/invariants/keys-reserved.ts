import { BUCKET_COUNT, keyInBucket } from '#engine';
import { rowInvariant } from '../invariant.ts';

const KEYS_PER_BUCKET = keyInBucket(1, 0);
const OWNERS = [
  ['process_instance', 'process_instance_key'],
  ['element_instance', 'element_instance_key'],
  ['variable', 'variable_key'],
  ['job', 'job_key'],
  ['user_task', 'user_task_key'],
  ['message', 'message_key'],
] as const;

/** A key beyond what is reserved would be given out a second time. */
export const keysReserved = rowInvariant({
  id: 'keys-reserved',
  rule: {
    ru: `Каждый выданный ключ лежит в своей части (0–${BUCKET_COUNT - 1}) и ниже следующего свободного.`,
    en: `Every key given out lies in its own bucket (0–${BUCKET_COUNT - 1}) and below the next free one.`,
  },
  remedy: {
    ru: 'Остановите сервер и поднимите key_block.next_sequence этой части выше названного ключа, иначе ключ выдадут дважды.',
    en: 'Stop the server and raise key_block.next_sequence of this bucket above the key named, or it is given out twice.',
  },
  broken: () =>
    OWNERS.map(
      ([table, key]) => `SELECT '${table}' AS kind, t.bucket, t.last_key, k.next_sequence FROM (
        SELECT bucket, max(${key}) AS last_key, min(${key}) AS first_key FROM ${table} GROUP BY bucket) t
      LEFT JOIN key_block k ON k.bucket = t.bucket
      WHERE k.next_sequence IS NULL OR t.last_key >= t.bucket * CAST(${KEYS_PER_BUCKET} AS BIGINT) + k.next_sequence
        OR t.first_key <= t.bucket * CAST(${KEYS_PER_BUCKET} AS BIGINT)`,
    ).join(' UNION ALL '),
  tell: (row) => ({
    ru: `${row['kind']}, часть ${row['bucket']}: последний ключ ${row['last_key']}, а свободными считаются с номера ${row['next_sequence'] ?? 1}`,
    en: `${row['kind']}, bucket ${row['bucket']}: the last key is ${row['last_key']}, but numbers from ${row['next_sequence'] ?? 1} count as free`,
  }),
});
