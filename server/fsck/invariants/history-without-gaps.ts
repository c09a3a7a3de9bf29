import { rowInvariant } from '../invariant.ts';

/** The key (instance, sequence) keeps numbers unique, so count, first and last say whether one is missing. */
export const historyWithoutGaps = rowInvariant({
  id: 'history-without-gaps',
  rule: {
    ru: 'События каждого экземпляра идут подряд с первого до последнего.',
    en: 'The events of each instance are numbered from the first to the last without a gap.',
  },
  remedy: {
    ru: 'Часть журнала потеряна: это не поправить на месте. Восстановите базу из копии, снятой раньше.',
    en: 'Part of the history is lost, which cannot be mended in place. Restore the database from an earlier backup.',
  },
  broken: () => `SELECT p.process_instance_key, p.history_length, h.events, h.first_event, h.last_event
    FROM process_instance p LEFT JOIN (
      SELECT bucket, process_instance_key, count(*) AS events, min(sequence) AS first_event, max(sequence) AS last_event
      FROM history_event GROUP BY bucket, process_instance_key
    ) h ON h.bucket = p.bucket AND h.process_instance_key = p.process_instance_key
    WHERE h.events IS NULL OR h.events <> p.history_length OR h.first_event <> 1 OR h.last_event <> p.history_length`,
  tell: (row) => ({
    ru: `экземпляр ${row['process_instance_key']}: событий должно быть ${row['history_length']}, а есть ${row['events'] ?? 0} (с ${row['first_event'] ?? '–'} по ${row['last_event'] ?? '–'})`,
    en: `instance ${row['process_instance_key']}: expected ${row['history_length']} events, but there are ${row['events'] ?? 0} (from ${row['first_event'] ?? '–'} to ${row['last_event'] ?? '–'})`,
  }),
});
