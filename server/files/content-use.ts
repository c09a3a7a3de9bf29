import { queryRows, type Executor } from '../database/connect.ts';

const PAGE = 500;

/** True while a file of a case or of a program, a document or a stored mail has this content. */
export async function isContentUsed(executor: Executor, sha256: string): Promise<boolean> {
  const rows = await queryRows(
    executor,
    `SELECT 1 AS one FROM stored_file WHERE sha256 = ?
     UNION ALL SELECT 1 FROM document WHERE html_sha256 = ? OR pdf_sha256 = ?
     UNION ALL SELECT 1 FROM mail WHERE raw_sha256 = ?
     UNION ALL SELECT 1 FROM api_file WHERE sha256 = ? LIMIT 1`,
    [sha256, sha256, sha256, sha256, sha256],
  );
  return rows.length > 0;
}

/** Every hash that a row refers to, each once, in order, a page at a time. */
export async function* referredContent(executor: Executor): AsyncIterable<string> {
  const sources = [
    'stored_file.sha256',
    'document.html_sha256',
    'document.pdf_sha256',
    'mail.raw_sha256',
    'api_file.sha256',
  ];
  for (let after = ''; ;) {
    const parts = sources.map((source) => {
      const [table, column] = source.split('.');
      return `SELECT * FROM (SELECT DISTINCT ${column} AS sha256 FROM ${table} WHERE ${column} > ? ORDER BY ${column} LIMIT ${PAGE}) AS ${table}_${column}`;
    });
    const page = await queryRows<{ sha256: string }>(
      executor,
      `SELECT DISTINCT sha256 FROM (${parts.join(' UNION ALL ')}) AS referred ORDER BY sha256 LIMIT ${PAGE}`,
      sources.map(() => after),
    );
    for (const { sha256 } of page) yield sha256;
    if (page.length < PAGE) return;
    after = page.at(-1)!.sha256;
  }
}
