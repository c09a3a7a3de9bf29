/** What an index says of its columns; the index of a primary key included. */
export interface IndexColumns {
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly partial: boolean;
}

const ROWS = 100_000_000;
const PART = 10;
const SHARES = { bucket: Math.floor(ROWS / 256), time: 2, key: 20, word: 500_000 } as const;

/**
 * What the planner of SQLite is told of an index (a row of `sqlite_stat1`): the rows, and how many are left after each of
 * its columns. Not what is counted but how every table of ours looks once it has grown: a bucket holds hundreds of thousands of
 * rows, an instance a few, a state or a name very many. Each column leaves at most its share, and half of what the columns
 * before it left. No skip-scans, which the planner would take for cheap.
 */
export function fixedStatistics({ columns, unique, partial }: IndexColumns): string {
  const numbers = [partial ? ROWS / PART : ROWS];
  for (const column of columns) {
    const last = unique && numbers.length === columns.length;
    const left = Math.floor(Math.min(shareOf(column), numbers.at(-1)! / 2));
    numbers.push(last ? 1 : Math.max(1, left));
  }
  return `${numbers.join(' ')} noskipscan`;
}

function shareOf(column: string): number {
  if (column === 'bucket') return SHARES.bucket;
  if (column.endsWith('_at')) return SHARES.time;
  // A process is a word: very many instances have the same.
  if (column !== 'process_id' && /(_key|_id|_hash|_number|sha256|sequence|since)$/.test(column)) return SHARES.key;
  return SHARES.word;
}
