import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { Rights } from '../nodes/rights.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { decodeRows, upsertRows } from '../database/write-rows.ts';

const retentionRuleTable = defineTable('retention_rule', {
  columns: { process_id: 'text', keep_days: 'integer', with_documents: 'boolean', set_by: 'text?', set_at: 'time' },
  primaryKey: ['process_id'],
});
export type RetentionRuleRow = RowOf<typeof retentionRuleTable>;

/** Ended cases of one process, counted against its rule. */
export interface EndedCases {
  readonly processId: string;
  readonly ended: number;
  /** Past their time and free to go. */
  readonly due: number;
  /** Past their time, kept because of their numbered documents. */
  readonly held: number;
}

/** A case that is over: its root instance, by which everything of it is found. */
export interface EndedCase {
  readonly bucket: number;
  readonly caseKey: Key;
}

/** A case whose documents may go with it, or that has none. Numbered documents are accounting evidence (402-ФЗ, article 29). */
const DOCUMENTS = 'document d WHERE d.bucket = p.bucket AND d.case_key = p.process_instance_key';
const FREE = `(? OR NOT EXISTS (SELECT 1 FROM ${DOCUMENTS}))`;
const ENDED = 'p.ended_at IS NOT NULL AND p.parent_process_instance_key IS NULL';

export async function listRules(executor: Executor): Promise<readonly RetentionRuleRow[]> {
  return decodeRows(retentionRuleTable, await queryRows(executor, 'SELECT * FROM retention_rule ORDER BY process_id'));
}

export function putRule(tx: Executor, rule: RetentionRuleRow): Promise<void> {
  return upsertRows(tx, retentionRuleTable, [rule]);
}

export async function removeRule(tx: Executor, processId: string): Promise<boolean> {
  const gone = await queryRows(tx, 'DELETE FROM retention_rule WHERE process_id = ? RETURNING process_id', [processId]);
  return gone.length > 0;
}

export async function countEnded(
  executor: Executor,
  { processId, endedBefore, withDocuments }: { processId: string; endedBefore: number; withDocuments: boolean },
): Promise<EndedCases> {
  const [row] = await queryRows<{ ended: number; past: number; due: number }>(
    executor,
    `SELECT count(*) AS ended,
       count(CASE WHEN p.ended_at < ? THEN 1 END) AS past,
       count(CASE WHEN p.ended_at < ? AND ${FREE} THEN 1 END) AS due
     FROM process_instance p WHERE p.process_id = ? AND ${ENDED}`,
    [endedBefore, endedBefore, withDocuments, processId],
  );
  const [ended, past, due] = [Number(row?.ended), Number(row?.past), Number(row?.due)];
  return { processId, ended, due, held: past - due };
}

/** Cases past their time, those of one bucket behind each other. */
export async function findDue(
  executor: Executor,
  rule: { processId: string; endedBefore: number; withDocuments: boolean; limit: number; rights: Rights },
): Promise<readonly EndedCase[]> {
  const rows = await queryRows<{ bucket: number; process_instance_key: Key }>(
    executor,
    `SELECT p.bucket, p.process_instance_key FROM process_instance p
     WHERE p.process_id = ? AND ${ENDED} AND p.ended_at < ? AND ${FREE}${rule.rights.within('p.bucket')}
     ORDER BY p.bucket, p.ended_at LIMIT ?`,
    [rule.processId, rule.endedBefore, rule.withDocuments, ...rule.rights.parameters, rule.limit],
  );
  return rows.map((row) => ({ bucket: row.bucket, caseKey: row.process_instance_key }));
}

/** What a person asks to delete: the state it is in. */
export async function findInstance(
  executor: Executor,
  { bucket, caseKey }: EndedCase,
): Promise<{ readonly ended: boolean; readonly root: Key; readonly documents: number } | null> {
  const [row] = await queryRows<{ ended_at: number | null; root_process_instance_key: Key; documents: number }>(
    executor,
    `SELECT p.ended_at, p.root_process_instance_key,
       (SELECT count(*) FROM ${DOCUMENTS}) AS documents
     FROM process_instance p WHERE p.bucket = ? AND p.process_instance_key = ?`,
    [bucket, caseKey],
  );
  if (row === undefined) return null;
  return {
    ended: row.ended_at !== null,
    root: row.root_process_instance_key,
    documents: Number(row.documents),
  };
}
