import { rowInvariant } from '../invariant.ts';

/** Sweeps run every few seconds; a clock may be off by minutes (reliability.md R5). */
const LATE_MS = 15 * 60_000;
/** Workers outside choose how long they hold a job; more than this is a clock that was wrong. */
const LONGEST_MS = 7 * 24 * 60 * 60_000;

export const leasesInTime = rowInvariant({
  id: 'leases-in-time',
  rule: {
    ru: 'Аренда задания имеет владельца и срок; просроченную освобождают за секунды, слишком долгих не бывает.',
    en: 'The lease of a job has an owner and an end; one that has ended is freed within seconds, none lasts for ever.',
  },
  remedy: {
    ru: 'Если сервер работает, посмотрите в его журнал ошибок обхода (worker round) и сверьте часы узлов. Освободить задание: UPDATE job SET lease_owner = NULL, lease_until = NULL, lease_epoch = lease_epoch + 1 WHERE job_key = …',
    en: 'If the server runs, look into its log for errors of the worker round and compare the clocks of the nodes. To free a job: UPDATE job SET lease_owner = NULL, lease_until = NULL, lease_epoch = lease_epoch + 1 WHERE job_key = …',
  },
  // A server that stood still for a weekend has old leases and nothing is wrong: it frees them when it starts.
  broken: (_dialect, { serverRuns }) => `SELECT job_key, type, lease_owner, lease_until FROM job
    WHERE ended_at IS NULL AND ((lease_owner IS NULL) <> (lease_until IS NULL)
      OR lease_until > ?${serverRuns ? ' OR (retries > 0 AND lease_until < ?)' : ''})`,
  parameters: ({ now, serverRuns }) => [now + LONGEST_MS, ...(serverRuns ? [now - LATE_MS] : [])],
  tell: (row) => {
    const until = row['lease_until'] === null ? '–' : new Date(Number(row['lease_until'])).toISOString();
    return {
      ru: `задание ${row['job_key']} («${row['type']}»): владелец ${row['lease_owner'] ?? '–'}, срок ${until}`,
      en: `job ${row['job_key']} ("${row['type']}"): owner ${row['lease_owner'] ?? '–'}, until ${until}`,
    };
  },
});
