import { stat } from 'node:fs/promises';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import type { DiskSpace } from '../disk/disk-space.ts';
import type { Rights } from '../nodes/rights.ts';
import type { Gauge, Sample } from './metrics.ts';

/** A series for each of 256 buckets would be much for a store of metrics; who is behind is what is looked for. */
const BUCKETS_TOLD = 10;

/**
 * What the rows say of the work: every query walks an index of open work only, so a scrape costs the same however old the
 * installation is.
 */
export function databaseGauges({
  database,
  now,
  rights,
  walFile,
}: {
  readonly database: Database;
  readonly now: () => number;
  /** Of this node: which buckets it acts for. */
  readonly rights: () => Rights;
  /** The write-ahead log of SQLite; null on PostgreSQL. */
  readonly walFile: string | null;
}): readonly Gauge[] {
  const number = async (sql: string, parameters: readonly number[] = []): Promise<number | null> => {
    const [row] = await queryRows<{ n: number | null }>(readerOf(database), sql, parameters);
    return row?.n ?? null;
  };
  /** Seconds since the earliest; 0 when nothing is waiting. */
  const age = async (sql: string, parameters: readonly number[] = []): Promise<readonly Sample[]> => {
    const earliest = await number(sql, parameters);
    return [{ value: earliest === null ? 0 : Math.max(0, now() - earliest) / 1_000 }];
  };
  const gauges: Gauge[] = [
    {
      name: 'reglament_due_lag_seconds',
      help: 'How long the longest overdue timer of all nodes has waited to fire.',
      read: () =>
        age(
          `SELECT min(due_at) AS n FROM (
             SELECT min(due_at) AS due_at FROM timer WHERE suspended = FALSE AND due_at <= ?
             UNION ALL SELECT min(due_at) FROM start_subscription WHERE suspended = FALSE AND due_at <= ?) AS due`,
          [now(), now()],
        ),
    },
    {
      name: 'reglament_bucket_due_lag_seconds',
      help: 'The same by bucket, for those of this process: the ten that are most behind.',
      async read() {
        const { within, parameters } = rights();
        const rows = await queryRows<{ bucket: number; due_at: number }>(
          readerOf(database),
          `SELECT bucket, min(due_at) AS due_at FROM timer WHERE suspended = FALSE AND due_at <= ?${within('bucket')}
           GROUP BY bucket ORDER BY 2 LIMIT ${BUCKETS_TOLD}`,
          [now(), ...parameters],
        );
        return rows.map(({ bucket, due_at: dueAt }) => ({
          labels: { bucket: String(bucket) },
          value: Math.max(0, now() - dueAt) / 1_000,
        }));
      },
    },
    {
      name: 'reglament_outbox_age_seconds',
      help: 'Age of the oldest outbox row that is not delivered.',
      read: () => age('SELECT min(created_at) AS n FROM outbox'),
    },
    {
      name: 'reglament_incidents_open',
      help: 'Incidents that wait for an operator.',
      read: async () => [{ value: (await number('SELECT count(*) AS n FROM incident WHERE ended_at IS NULL')) ?? 0 }],
    },
    {
      name: 'reglament_jobs',
      help: 'Open jobs by state and type.',
      async read() {
        const rows = await queryRows<{ type: string; state: string; n: number }>(
          readerOf(database),
          `SELECT type, CASE WHEN lease_until IS NOT NULL THEN 'leased' WHEN available_at > ? THEN 'backing-off' ELSE 'ready' END AS state,
             count(*) AS n FROM job WHERE ended_at IS NULL AND retries > 0 GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 500`,
          [now()],
        );
        return rows.map(({ type, state, n }) => ({ labels: { type, state }, value: n }));
      },
    },
  ];
  if (walFile === null) return gauges;
  return [
    ...gauges,
    {
      name: 'reglament_wal_bytes',
      help: 'Size of the write-ahead log of SQLite.',
      read: async () => [
        {
          value: await stat(walFile).then(
            ({ size }) => size,
            () => 0,
          ),
        },
      ],
    },
  ];
}

export function diskGauge(disk: Pick<DiskSpace, 'seen' | 'low'>): Gauge {
  return {
    name: 'reglament_disk_free_bytes',
    help: 'Room on the disk of the data folder.',
    read() {
      const seen = disk.seen();
      return seen === null ? [] : [{ labels: { low: String(disk.low()) }, value: seen.free }];
    },
  };
}
