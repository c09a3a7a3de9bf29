import { bucketOf, type Key } from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Files } from '../files/files.ts';
import { notFound, Refused } from '../http/refused.ts';
import { ALL_RIGHTS, inTransactionBy, RightLost, type Right, type Rights } from '../nodes/rights.ts';
import type { Clock } from '../runtime/clock.ts';
import { throwFailures } from '../worker/try-each.ts';
import { deleteCases, deleteTraces, findDeletable, type Deletion } from './delete-cases.ts';
import {
  countEnded,
  findDue,
  findInstance,
  listRules,
  putRule,
  removeRule,
  type EndedCases,
  type RetentionRuleRow,
} from './retention-store.ts';

const DAY = 24 * 60 * 60_000;
/** Cases one round deletes. The next round follows at once when it was full. */
const LOT = 200;
/** How often the rules are looked at; they speak of days. */
const EVERY = 10 * 60_000;

export interface RetentionRule {
  readonly processId: string;
  /** Whole days after the end of a case. */
  readonly keepDays: number;
  /** Whether cases with numbered documents go too, documents included. */
  readonly withDocuments: boolean;
}

export interface RetentionView extends RetentionRule, EndedCases {
  readonly setBy: string | null;
  readonly setAt: number;
}

/** How long ended cases are kept, and their deletion. A case without a rule is kept for ever. */
export interface Retention {
  list(): Promise<readonly RetentionView[]>;
  /** From the next round on; `list` says how many cases it will take. */
  put(rule: RetentionRule, by: string): Promise<RetentionView>;
  /** @throws Refused `not-found` */
  remove(processId: string): Promise<void>;
  /** @throws Refused `not-found`, `conflict` (not over, called by another case, or with documents that are not to go) */
  deleteCase(order: { readonly caseKey: Key; readonly withDocuments: boolean; readonly by: string }): Promise<void>;
  /** One lot of what is due in these buckets. @returns how many cases were deleted @throws when some could not be; the others are gone all the same */
  sweep(rights?: Rights): Promise<number>;
}

export interface RetentionDeps {
  readonly database: Database;
  readonly files: Pick<Files, 'forget'>;
  readonly clock: Clock;
}

export function createRetention({ database, files, clock }: RetentionDeps): Retention {
  const reader = readerOf(database);
  let nextLookAt = -Infinity;

  const cutOff = (keepDays: number): number => clock.now() - keepDays * DAY;
  const view = async (row: RetentionRuleRow): Promise<RetentionView> => {
    const { process_id: processId, keep_days: keepDays, with_documents: withDocuments } = row;
    const counts = await countEnded(reader, { processId, withDocuments, endedBefore: cutOff(keepDays) });
    return { ...counts, keepDays, withDocuments, setBy: row.set_by, setAt: row.set_at };
  };
  const remove = async (deletion: Omit<Deletion, 'now'>, right: Right | null = null): Promise<number> => {
    const deletable = await findDeletable(reader, deletion);
    if (deletable.caseKeys.length === 0) return 0;
    await inTransactionBy(database, right, (tx) => deleteTraces(tx, deletable));
    const deleted = await inTransactionBy(database, right, (tx) => deleteCases(tx, { ...deletion, now: clock.now() }));
    await files.forget(deleted.contents);
    return deleted.caseKeys.length;
  };
  /** One case that cannot be deleted spoils the transaction of its lot: then each of them goes by itself. */
  const removeLot = async (lot: Omit<Deletion, 'now'>, right: Right | null, failures: unknown[]): Promise<number> => {
    try {
      return await remove(lot, right);
    } catch (error) {
      if (error instanceof RightLost || lot.caseKeys.length === 1) {
        failures.push(error);
        return 0;
      }
      let deleted = 0;
      for (const caseKey of lot.caseKeys) deleted += await removeLot({ ...lot, caseKeys: [caseKey] }, right, failures);
      return deleted;
    }
  };

  return {
    async list() {
      return Promise.all((await listRules(reader)).map(view));
    },

    async put({ processId, keepDays, withDocuments }, by) {
      const row = {
        process_id: processId,
        keep_days: keepDays,
        with_documents: withDocuments,
        set_by: by,
        set_at: clock.now(),
      };
      await inTransaction(database, (tx) => putRule(tx, row));
      nextLookAt = -Infinity;
      return view(row);
    },

    async remove(processId) {
      if (!(await inTransaction(database, (tx) => removeRule(tx, processId)))) {
        throw notFound({ ru: 'Срок хранения', en: 'Retention rule' });
      }
    },

    async deleteCase({ caseKey, withDocuments, by }) {
      const bucket = bucketOf(caseKey);
      const found = await findInstance(reader, { bucket, caseKey });
      if (found === null) throw notFound({ ru: 'Дело', en: 'Case' });
      if (found.root !== caseKey) throw calledByAnother(found.root);
      if (!found.ended) throw notOver();
      if (found.documents > 0 && !withDocuments) throw hasDocuments(found.documents);
      await remove({ bucket, caseKeys: [caseKey], reason: 'operator', by });
    },

    async sweep(rights = ALL_RIGHTS) {
      if (clock.now() < nextLookAt) return 0;
      let deleted = 0;
      const failures: unknown[] = [];
      for (const rule of await listRules(reader)) {
        const due = await findDue(reader, {
          processId: rule.process_id,
          withDocuments: rule.with_documents,
          endedBefore: cutOff(rule.keep_days),
          limit: LOT - deleted,
          rights,
        });
        for (const [bucket, caseKeys] of byBucket(due)) {
          const lot = { bucket, caseKeys, reason: 'retention', by: null } as const;
          deleted += await removeLot(lot, rights.of(bucket), failures);
        }
        if (deleted >= LOT) return deleted;
      }
      nextLookAt = clock.now() + EVERY;
      throwFailures('Expected the cases past their time to be deleted', failures);
      return deleted;
    },
  };
}

function byBucket(cases: readonly { readonly bucket: number; readonly caseKey: Key }[]): Map<number, Key[]> {
  const buckets = new Map<number, Key[]>();
  for (const { bucket, caseKey } of cases) buckets.set(bucket, [...(buckets.get(bucket) ?? []), caseKey]);
  return buckets;
}

function notOver(): Refused {
  return new Refused('conflict', {
    ru: 'Дело ещё не завершено. Сначала завершите или отмените его.',
    en: 'The case is not over. Complete or cancel it first.',
  });
}

function calledByAnother(root: Key): Refused {
  return new Refused('conflict', {
    ru: `Экземпляр вызван другим и удаляется вместе с ним. Удалите ${root}.`,
    en: `The instance was called by another one and goes with it. Delete ${root}.`,
  });
}

function hasDocuments(count: number): Refused {
  return new Refused('conflict', {
    ru: `В деле пронумерованные документы (${count}), а первичные документы хранят не меньше пяти лет (402-ФЗ, ст. 29). Чтобы удалить и их, укажите "withDocuments": true.`,
    en: `The case has ${count} numbered document(s), and primary documents are kept for five years at least (402-FZ, art. 29). To delete them too, send "withDocuments": true.`,
  });
}
