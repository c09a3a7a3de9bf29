import { queryRows, type Executor } from '../database/connect.ts';
import { TooManyRequests } from '../http/refused.ts';

export const HOUR = 60 * 60_000;

export interface Quota {
  /** What is counted: an address, a form. */
  readonly scope: string;
  /** So many in an hour of the clock. */
  readonly limit: number;
  readonly now: number;
}

/**
 * Takes one of what an address or a form may send this hour. The counter is a row of the database, so that it is exact under a flood,
 * the same for every node, and not forgotten by a restart. In the transaction of what is counted: what fails costs nothing.
 *
 * @throws TooManyRequests with the seconds until the next hour
 */
export async function takeQuota(tx: Executor, { scope, limit, now }: Quota): Promise<void> {
  const start = now - (now % HOUR);
  const taken = await queryRows(
    tx,
    `INSERT INTO start_quota (scope, window_start, used) VALUES (?, ?, 1)
     ON CONFLICT (scope, window_start) DO UPDATE SET used = start_quota.used + 1 WHERE start_quota.used < ?
     RETURNING used`,
    [scope, start, limit],
  );
  if (taken.length > 0) return;
  const seconds = Math.ceil((start + HOUR - now) / 1_000);
  const minutes = Math.ceil(seconds / 60);
  throw new TooManyRequests(
    {
      ru: `Сейчас принято слишком много обращений. Введённое сохранено; отправьте снова через ${minutes} мин или позвоните.`,
      en: `Too many requests were sent this hour. What you typed is kept; send it again in ${minutes} min, or call us.`,
    },
    seconds,
  );
}

/** Addresses are personal data: the counters of hours that are over go. */
export async function forgetQuotas(tx: Executor, now: number): Promise<void> {
  await queryRows(tx, 'DELETE FROM start_quota WHERE window_start < ?', [now - (now % HOUR)]);
}
