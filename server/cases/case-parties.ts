import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { decodeRows, insertNewRows } from '../database/write-rows.ts';

const casePartyTable = defineTable('case_party', {
  columns: { bucket: 'smallint', case_key: 'key', organisation: 'text', since: 'time' },
  primaryKey: ['bucket', 'case_key', 'organisation'],
});

/** An organisation from outside (a group of contractors) that has begun a case or worked on it. */
export type CaseParty = RowOf<typeof casePartyTable>;

/** In the transaction of what they did; once is enough. */
export async function noteParties(tx: Executor, parties: readonly CaseParty[]): Promise<void> {
  await insertNewRows(tx, casePartyTable, parties);
}

/** Their cases, the newest first. @param before the last of the page before */
export async function listParties(
  executor: Executor,
  query: {
    readonly organisations: readonly string[];
    readonly before: { readonly since: number; readonly caseKey: Key } | null;
    readonly limit: number;
  },
): Promise<readonly CaseParty[]> {
  const { before } = query;
  const after = before === null ? '' : 'AND (since < ? OR (since = ? AND case_key < ?))';
  const rows = await queryRows(
    executor,
    `SELECT * FROM case_party WHERE organisation IN (${executor.dialect.listFromJson('text')}) ${after}
     ORDER BY since DESC, case_key DESC LIMIT ?`,
    [
      JSON.stringify(query.organisations),
      ...(before === null ? [] : [before.since, before.since, before.caseKey]),
      query.limit,
    ],
  );
  return decodeRows(casePartyTable, rows);
}

export async function isParty(
  executor: Executor,
  query: { readonly bucket: number; readonly caseKey: Key; readonly organisations: readonly string[] },
): Promise<boolean> {
  const rows = await queryRows(
    executor,
    `SELECT 1 AS one FROM case_party WHERE bucket = ? AND case_key = ?
       AND organisation IN (${executor.dialect.listFromJson('text')})`,
    [query.bucket, query.caseKey, JSON.stringify(query.organisations)],
  );
  return rows.length > 0;
}
