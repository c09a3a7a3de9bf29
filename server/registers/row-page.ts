import { foldText, sortText, type JsonValue, type RegisterModel } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import { Refused } from '../http/refused.ts';
import { indexName, registerLiteral, rowKeyOrder, sortExpression } from './register-sql.ts';
import { rowTable, type StoredRow } from './register-tables.ts';

/** What of a register is asked for. Sorted and filtered is by indexed fields only: anything else would read every row. */
export interface RowQuery {
  /** Part of a text in one of the search fields; every word must be found. */
  readonly search?: string;
  /** Indexed field → value; empty text is «empty». */
  readonly where?: Readonly<Record<string, JsonValue>>;
  readonly sort: string;
  readonly descending: boolean;
}

interface Condition {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/** Where a page ended: what its last row sorts by, and its key. */
export type RowCursor = readonly [sortValue: string, rowKey: string];

export async function pageOfRows(
  executor: Executor,
  register: RegisterModel,
  page: RowQuery & { readonly after?: RowCursor; readonly limit: number },
): Promise<readonly StoredRow[]> {
  const { dialect } = executor;
  const sort = sortExpression(dialect, page.sort);
  const key = rowKeyOrder(dialect);
  const direction = page.descending ? 'DESC' : 'ASC';
  const conditions = [...conditionsOf(executor, register, page), ...afterOf({ sort, key, page })];
  // A search finds few rows, which are sorted then; without one the index gives the order.
  const narrowed = (page.search ?? '').trim() !== '' || Object.keys(page.where ?? {}).length > 0;
  const hint = narrowed ? '' : dialect.indexedBy(indexName(register.key, 'sort', page.sort));
  const rows = await queryRows(
    executor,
    `SELECT * FROM register_row${hint} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
     ORDER BY ${sort} ${direction}, ${key} ${direction} LIMIT ?`,
    [...conditions.flatMap(({ parameters }) => parameters), page.limit],
  );
  return decodeRows(rowTable, rows);
}

export async function countFound(executor: Executor, register: RegisterModel, query: RowQuery): Promise<number> {
  const conditions = conditionsOf(executor, register, query);
  const [row] = await queryRows<{ rows: number }>(
    executor,
    `SELECT count(*) AS rows FROM register_row WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    conditions.flatMap(({ parameters }) => parameters),
  );
  return Number(row?.rows ?? 0);
}

export function cursorOf({ row_key, sort_values }: StoredRow, sort: string): RowCursor {
  return [(sort_values as Readonly<Record<string, string>>)[sort] ?? '', row_key];
}

/** @throws Refused `invalid-request` for a field without an index */
export function requireIndexed({ indexed, form }: RegisterModel, field: string): string {
  if (indexed.includes(field)) return field;
  const known = form.fieldsByName.has(field);
  throw new Refused('invalid-request', {
    ru: known
      ? `По полю «${field}» нельзя сортировать и отбирать: у него нет индекса. Добавьте его в indexes справочника.`
      : `В справочнике нет поля «${field}».`,
    en: known
      ? `The field "${field}" has no index to sort or filter by. Add it to "indexes" of the register.`
      : `The register has no field "${field}".`,
  });
}

function conditionsOf(executor: Executor, register: RegisterModel, { search = '', where = {} }: RowQuery): Condition[] {
  const ofRegister = `register_key = ${registerLiteral(register.key)}`;
  const words = foldText(search).split(/\s+/).filter(Boolean).slice(0, 8);
  const found: Condition[] = [{ sql: ofRegister, parameters: [] }];
  if (words.length > 0) {
    const like = words.map(() => "search LIKE ? ESCAPE '!'").join(' AND ');
    found.push({
      sql: `row_key IN (SELECT row_key FROM register_row WHERE ${ofRegister} AND ${like})`,
      parameters: words.map((word) => `%${word.replace(/[!%_]/g, '!$&')}%`),
    });
  }
  for (const [field, value] of Object.entries(where)) {
    found.push({ sql: `${sortExpression(executor.dialect, field)} = ?`, parameters: [sortText(value)] });
  }
  return found;
}

function afterOf(at: { sort: string; key: string; page: RowQuery & { readonly after?: RowCursor } }): Condition[] {
  const { sort, key, page } = at;
  if (page.after === undefined) return [];
  const [value, rowKey] = page.after;
  const [within, beyond] = page.descending ? ['<=', '<'] : ['>=', '>'];
  // The first condition is what the index is entered by; the second leaves out what was shown already.
  return [
    {
      sql: `${sort} ${within} ? AND (${sort} ${beyond} ? OR ${key} ${beyond} ?)`,
      parameters: [value, value, rowKey],
    },
  ];
}
