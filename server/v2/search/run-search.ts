import { queryRows, type Executor } from '../../database/connect.ts';
import type { Dialect } from '../../database/dialects/dialect.ts';
import { Refused } from '../../http/refused.ts';
import type { Scope } from '../../identity/scope.ts';
import type { Condition } from '../../user-tasks/task-visibility.ts';
import { filterConditions, join } from './filter-condition.ts';
import { readCursor, writeCursor, type CursorValue } from './search-cursor.ts';
import { keepToScope, type ScopedSearch } from './keep-to-scope.ts';
import { DEFAULT_LIMIT, type SearchQuery } from './search-schema.ts';
import type { SearchSpec, SortField } from './search-spec.ts';

/** Beyond this a count tells nobody anything and costs a walk over the whole table; `hasMoreTotalItems` says so. */
const COUNTED = 10_000;

export interface FoundPage<Row = Record<string, unknown>> {
  readonly rows: readonly Row[];
  readonly page: {
    readonly totalItems: number;
    readonly hasMoreTotalItems: boolean;
    readonly startCursor?: string;
    readonly endCursor?: string;
  };
}

interface OrderPart extends SortField {
  readonly descending: boolean;
}

export interface Search {
  readonly query: SearchQuery;
  /** Conditions beyond the filter: whose rows these are, and who may see them. */
  readonly where?: readonly Condition[];
  /** Which of the resources that `spec.scope` names may be seen; all unless said. */
  readonly scope?: Scope;
  /** For tests, which have no thousands of instances: how many are few. */
  readonly few?: number;
}

/**
 * One page of a search. Order is by the sort asked for, nulls last, then by key, so that it is total; `after` and `before`
 * continue from the values of a row (keyset), `from` skips rows.
 * @throws Refused `invalid-request` for a cursor that is not ours
 */
export async function runSearch<Row = Record<string, unknown>>(
  executor: Executor,
  spec: SearchSpec,
  search: Search,
): Promise<FoundPage<Row>> {
  const { page: paged, counted } = await keepToScope(executor, spec, search);
  const { sql, parameters, order, orderName, backwards } = pageStatement(executor.dialect, paged.spec, paged.search);
  const rows = await queryRows<Record<string, unknown>>(executor, sql, parameters);
  const inOrder = backwards ? [...rows].reverse() : rows;
  const total =
    totalOf(search.query, rows.length) ?? (await countUpTo(executor, allStatement(executor.dialect, counted)));
  const cursorOf = (row: Record<string, unknown> | undefined): string | undefined =>
    row &&
    writeCursor(
      orderName,
      order.map((_, at) => row[`order_${at}`] as CursorValue),
    );
  const startCursor = cursorOf(inOrder[0]);
  const endCursor = cursorOf(inOrder.at(-1));
  return {
    rows: inOrder as readonly Row[],
    page: {
      totalItems: Math.min(total, COUNTED),
      hasMoreTotalItems: total > COUNTED,
      ...(startCursor === undefined ? {} : { startCursor }),
      ...(endCursor === undefined ? {} : { endCursor }),
    },
  };
}

/** The only row that fits, or the first one; nothing is counted. */
export async function findOne<Row = Record<string, unknown>>(
  executor: Executor,
  spec: SearchSpec,
  where: readonly Condition[],
): Promise<Row | undefined> {
  const { sql, parameters } = pageStatement(executor.dialect, spec, { query: { page: { limit: 1 } }, where });
  return (await queryRows<Row>(executor, sql, parameters))[0];
}

/** The statement that reads a page, and what it is made of. @throws Refused `invalid-request` */
export function pageStatement(
  dialect: Dialect,
  spec: SearchSpec,
  { query, where = [] }: Search,
): Condition & {
  readonly order: readonly OrderPart[];
  readonly orderName: string;
  readonly backwards: boolean;
} {
  const { sort = [], page = {} } = query;
  const { from: skip = 0, limit = DEFAULT_LIMIT, after, before } = page;
  if ([after, before, skip > 0 ? skip : undefined].filter((one) => one !== undefined).length > 1) {
    throw new Refused('invalid-request', {
      ru: 'Страницу задаёт что-то одно: page.from, page.after или page.before.',
      en: 'A page is given by one of page.from, page.after and page.before.',
    });
  }
  const order = orderOf(spec, sort);
  const { from, all } = allStatement(dialect, { spec, search: { query, where } });
  const orderName = sort.map(({ field, order: direction }) => `${field}:${direction ?? 'ASC'}`).join();
  const kinds = order.map(({ kind }) => kind);
  const backwards = before !== undefined;
  const cursor = after ?? before;
  const seen = cursor === undefined ? [] : [beyond(order, readCursor(cursor, { order: orderName, kinds }), backwards)];
  const shown = join([all, ...seen], 'AND');
  const values = order.map(({ sql }, at) => `${sql} AS order_${at}`);
  const sql = `SELECT ${[spec.select, ...values].join(', ')} FROM ${from} WHERE ${shown.sql}
     ORDER BY ${order.map((part) => orderBy(part, backwards)).join(', ')} LIMIT ? OFFSET ?`;
  return {
    sql,
    parameters: [...shown.parameters, limit, skip],
    order,
    orderName,
    backwards,
  };
}

/** What a row must fit on any page, and where it is looked for. */
function allStatement(
  dialect: Dialect,
  { spec, search: { query, where = [] } }: ScopedSearch,
): { readonly from: string; readonly all: Condition } {
  const { filter = {} } = query;
  return {
    from: spec.from,
    all: join([...where, ...filterConditions(spec, filter, dialect)], 'AND'),
  };
}

/**
 * By key alone it is the order of the primary key. After a sort the bucket is left out, because it is the top byte of each
 * key, and an index (sorted column, key) then gives the order.
 */
function orderOf(
  { sorts, key, keyKind = 'number' }: SearchSpec,
  sort: NonNullable<SearchQuery['sort']>,
): readonly OrderPart[] {
  const wanted = sort
    .map(({ field, order }) => ({ ...sorts[field]!, descending: order?.toUpperCase() === 'DESC' }))
    .filter(({ constant }) => constant !== true);
  const descending = wanted[0]?.descending ?? sort[0]?.order?.toUpperCase() === 'DESC';
  const last = wanted.length === 0 ? key : key.filter((sql) => !sql.endsWith('.bucket'));
  return [...wanted, ...last.map((sql) => ({ sql, kind: keyKind, descending }))];
}

function orderBy({ sql, descending, nullable }: OrderPart, backwards: boolean): string {
  const nulls = nullable === true ? `(${sql} IS NULL) ${backwards ? 'DESC' : 'ASC'}, ` : '';
  return `${nulls}${sql} ${descending !== backwards ? 'DESC' : 'ASC'}`;
}

/** Rows that come after (or, backwards, before) the one with these values. */
function beyond(order: readonly OrderPart[], values: readonly CursorValue[], backwards: boolean): Condition {
  const [first] = order;
  const uniform = order.every(({ nullable, descending }) => nullable !== true && descending === first!.descending);
  if (uniform && !values.includes(null)) {
    // One comparison of the whole row, which both databases answer from an index; an OR of parts they would not.
    const columns = order.map(({ sql }) => sql).join(', ');
    const operator = first!.descending !== backwards ? '<' : '>';
    return {
      sql: `(${columns}) ${operator} (${order.map(() => '?').join(', ')})`,
      parameters: values as (string | number)[],
    };
  }
  const options = order.map((part, at) => {
    const same = order.slice(0, at).map(({ sql }, index) => equals(sql, values[index]!));
    return join([...same, passes(part, values[at]!, backwards)], 'AND');
  });
  return join(options, 'OR');
}

function equals(sql: string, value: CursorValue): Condition {
  return value === null ? { sql: `${sql} IS NULL`, parameters: [] } : { sql: `${sql} = ?`, parameters: [value] };
}

function passes({ sql, descending, nullable }: OrderPart, value: CursorValue, backwards: boolean): Condition {
  if (value === null) return { sql: backwards ? `${sql} IS NOT NULL` : '1 = 0', parameters: [] };
  const further = `${sql} ${descending !== backwards ? '<' : '>'} ?`;
  return { sql: backwards || nullable !== true ? further : `${further} OR ${sql} IS NULL`, parameters: [value] };
}

/** A page that is not full has shown the end, so nothing need be counted. */
function totalOf({ page = {} }: SearchQuery, shown: number): number | undefined {
  const { from: skipped = 0, limit = DEFAULT_LIMIT, after, before } = page;
  const isLast = shown < limit && (shown > 0 || skipped === 0);
  return isLast && after === undefined && before === undefined ? skipped + shown : undefined;
}

async function countUpTo(
  executor: Executor,
  { from, all: { sql, parameters } }: { readonly from: string; readonly all: Condition },
): Promise<number> {
  const [row] = await queryRows<{ n: number | string }>(
    executor,
    `SELECT count(*) AS n FROM (SELECT 1 AS one FROM ${from} WHERE ${sql} LIMIT ?) AS counted`,
    [...parameters, COUNTED + 1],
  );
  return Number(row!.n);
}
