import type { Key } from '#engine';
import { AnsweredElsewhere } from '../database/command-log.ts';
import type { Database } from '../database/connect.ts';
import { CommitInDoubt, inTransaction } from '../database/transaction.ts';
import type { Member } from './batch-members.ts';
import { carryOutBatch, Poisoned, type BatchDeps } from './batch.ts';
import type { Clock } from './clock.ts';
import type { Ending, Work } from './work.ts';

export interface RunBatchDeps extends BatchDeps {
  readonly database: Database;
  readonly clock: Clock;
}

const ATTEMPTS = 5;

/**
 * Carries out works in one transaction. When it fails, what is at fault and what is not are told apart by running again:
 * without those that are known to have spoilt it, else by halves; so a failure is the business of nobody but its own work.
 */
export async function runBatch(deps: RunBatchDeps, works: readonly Work[]): Promise<readonly Ending[]> {
  try {
    return await attempt(deps, works);
  } catch (error) {
    const [only, ...others] = works;
    if (only !== undefined && others.length === 0) {
      return [{ done: false, error: error instanceof Poisoned ? error.causes.get(only) : error }];
    }
    const { dialect } = deps.database;
    if (error instanceof CommitInDoubt || dialect.isTransient(error) || dialect.isConnectionLost(error)) {
      return works.map(() => ({ done: false, error }));
    }
    // One bad row spoils all: by halves it is found in as many transactions as the batch has doublings.
    const suspects = error instanceof Poisoned ? error.causes : null;
    const groups =
      suspects === null
        ? [works.slice(0, works.length / 2), works.slice(works.length / 2)]
        : [works.filter((work) => !suspects.has(work)), ...[...suspects.keys()].map((work) => [work])];
    const endings = new Map<Work, Ending>();
    for (const group of groups) {
      if (group.length === 0) continue;
      for (const [at, ending] of (await runBatch(deps, group)).entries()) endings.set(group[at]!, ending);
    }
    return works.map((work) => endings.get(work)!);
  }
}

async function attempt(deps: RunBatchDeps, works: readonly Work[]): Promise<readonly Ending[]> {
  const touched = new Map<Key, Member>();
  for (let count = 1; ; count += 1) {
    try {
      return await inTransaction(deps.database, (tx) => {
        touched.clear();
        return carryOutBatch(tx, deps, { works, now: deps.clock.now(), touched });
      });
    } catch (error) {
      for (const key of touched.keys()) deps.hot.drop(key);
      if (!(error instanceof AnsweredElsewhere) || count >= ATTEMPTS) throw error;
    }
  }
}
