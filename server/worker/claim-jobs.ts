import type { Key, VariableMap } from '#engine';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { ALL_RIGHTS, type Rights } from '../nodes/rights.ts';
import { readJobVariables } from './job-variables.ts';

/** A job under a lease, as a worker gets it. */
export interface ActivatedJob {
  readonly jobKey: Key;
  readonly type: string;
  readonly processInstanceKey: Key;
  readonly rootProcessInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly processId: string;
  readonly definitionVersion: number;
  readonly elementId: string;
  readonly elementInstanceKey: Key;
  readonly headers: Readonly<Record<string, string>>;
  /** Tries left, this one included. */
  readonly retries: number;
  /** Which claim of the job this is, from 1. */
  readonly attempt: number;
  readonly worker: string;
  /** Epoch milliseconds at which the lease ends. */
  readonly deadline: number;
  /** Fencing number: an answer with an older one is refused. */
  readonly leaseEpoch: number;
  /** Visible at the element, innermost first. */
  readonly variables: VariableMap;
}

export interface JobClaim {
  readonly type: string;
  readonly worker: string;
  /** Milliseconds of lease. */
  readonly timeout: number;
  readonly maxJobs: number;
  /** Names of the variables wanted; all when absent or empty. */
  readonly fetchVariables?: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Only jobs of these buckets: our own workers share them so, and instances stay hot where they are. */
  readonly rights?: Rights;
  /** Only jobs of these processes; null or absent: of all. */
  readonly processIds?: readonly string[] | null;
}

/**
 * Takes jobs that nobody has, by the age that their priority gives them, and counts the attempt now: a job that kills its worker runs out of tries
 * and becomes an incident, instead of being offered for ever. A lease that has ended is freed by `releaseExpiredLeases`.
 */
export async function claimJobs(database: Database, claim: JobClaim): Promise<readonly ActivatedJob[]> {
  const { type, worker, timeout, maxJobs, now, rights = ALL_RIGHTS, processIds = null } = claim;
  const ofProcesses = processIds === null ? '' : ` AND process_id IN (${database.dialect.listFromJson('text')})`;
  const rows = await inTransaction(database, (tx) =>
    queryRows<JobRow>(
      tx,
      `UPDATE job SET lease_owner = ?, lease_until = ?, lease_epoch = lease_epoch + 1, attempts = attempts + 1
       WHERE (bucket, job_key) IN (
         SELECT bucket, job_key FROM job
         WHERE type = ? AND ended_at IS NULL AND retries > 0 AND suspended = FALSE AND available_at <= ? AND lease_until IS NULL${rights.within('bucket')}${ofProcesses}
         ORDER BY queue_at, job_key LIMIT ?${tx.dialect.forUpdateSkipLocked})
       RETURNING *`,
      [
        worker,
        now + timeout,
        type,
        now,
        ...rights.parameters,
        ...(processIds === null ? [] : [JSON.stringify(processIds)]),
        maxJobs,
      ],
    ),
  );
  if (rows.length === 0) return [];
  const seen = await readJobVariables(readerOf(database), rows, claim.fetchVariables ?? []);
  return [...rows]
    .sort((a, b) => a.queue_at - b.queue_at || a.job_key - b.job_key)
    .map((row) => ({
      jobKey: row.job_key,
      type: row.type,
      processInstanceKey: row.process_instance_key,
      rootProcessInstanceKey: seen.roots.get(row.process_instance_key) ?? row.process_instance_key,
      processDefinitionKey: row.process_definition_key,
      processId: row.process_id,
      definitionVersion: row.definition_version,
      elementId: row.element_id,
      elementInstanceKey: row.element_instance_key,
      headers: JSON.parse(row.headers) as Readonly<Record<string, string>>,
      retries: row.retries,
      attempt: row.attempts,
      worker,
      deadline: now + timeout,
      leaseEpoch: row.lease_epoch,
      variables: seen.variables.get(row.job_key) ?? {},
    }));
}

interface JobRow {
  readonly bucket: number;
  readonly job_key: Key;
  readonly type: string;
  readonly process_instance_key: Key;
  readonly process_definition_key: Key;
  readonly process_id: string;
  readonly definition_version: number;
  readonly element_id: string;
  readonly element_instance_key: Key;
  readonly headers: string;
  readonly retries: number;
  readonly attempts: number;
  readonly queue_at: number;
  readonly lease_epoch: number;
}
