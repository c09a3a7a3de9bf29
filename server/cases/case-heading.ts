import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';

/** What a case is called, for letters, documents and notices. */
export interface CaseHeading {
  readonly number: string | null;
  readonly title: string | null;
  readonly client: string | null;
}

export async function readCaseHeading(executor: Executor, caseKey: Key): Promise<CaseHeading> {
  const [row] = await queryRows<{ case_number: string | null; title: string | null; client: string | null }>(
    executor,
    'SELECT case_number, title, client FROM process_instance WHERE bucket = ? AND process_instance_key = ?',
    [bucketOf(caseKey), caseKey],
  );
  return { number: row?.case_number ?? null, title: row?.title ?? null, client: row?.client ?? null };
}
