import { rowInvariant } from '../invariant.ts';

export const tokenOnce = rowInvariant({
  id: 'token-once',
  rule: {
    ru: 'Каждый токен пришёл один раз и израсходован не более одного раза.',
    en: 'Every token arrived once and was consumed at most once.',
  },
  remedy: {
    ru: 'Ветвь прошла дважды. Проверьте по истории дела, что сделано дважды, и сообщите разработчикам.',
    en: 'A branch has passed twice. See in the story of the case what was done twice, and tell the developers.',
  },
  broken: (dialect) => {
    const token = dialect.jsonText('event', ['token', 'key']);
    return `SELECT process_instance_key, token_key, arrived, consumed FROM (
      SELECT bucket, process_instance_key, ${token} AS token_key,
        sum(CASE WHEN kind = 'tokenArrived' THEN 1 ELSE 0 END) AS arrived,
        sum(CASE WHEN kind = 'tokenConsumed' THEN 1 ELSE 0 END) AS consumed
      FROM history_event WHERE kind IN ('tokenArrived', 'tokenConsumed')
      GROUP BY bucket, process_instance_key, ${token}) t
      WHERE arrived <> 1 OR consumed > 1
    UNION ALL
    SELECT t.process_instance_key, CAST(t.token_key AS TEXT), 1, 1 FROM token t JOIN history_event h
      ON h.bucket = t.bucket AND h.process_instance_key = t.process_instance_key AND h.kind = 'tokenConsumed'
        AND ${dialect.jsonText('h.event', ['token', 'key'])} = CAST(t.token_key AS TEXT)`;
  },
  tell: (row) => ({
    ru: `токен ${row['token_key']} экземпляра ${row['process_instance_key']}: пришёл ${row['arrived']}, израсходован ${row['consumed']}, и всё ещё мог бы ждать`,
    en: `token ${row['token_key']} of instance ${row['process_instance_key']}: arrived ${row['arrived']}, consumed ${row['consumed']}, and could still be waiting`,
  }),
});
