import { queryRows, type Executor } from '../../database/connect.ts';
import type { Dialect } from '../../database/dialects/dialect.ts';
import { withinScope, type Scope } from '../../identity/scope.ts';
import type { Condition } from '../../user-tasks/task-visibility.ts';
import type { Search } from './run-search.ts';
import type { SearchSpec } from './search-spec.ts';

export interface ScopedSearch {
  readonly spec: SearchSpec;
  readonly search: Search;
}

/**
 * Up to so many instances, their parts are read from them and sorted; of more, a walk in the order asked for soon finds a
 * page full. Either way no page costs what the table holds.
 */
const FEW = 3_000;

/**
 * A search that finds nothing outside of its scope: how its page is read, and how it is counted. Counting always goes out
 * from the instances of the scope, because a walk would pass every foreign row until it has counted enough.
 */
export async function keepToScope(
  executor: Executor,
  spec: SearchSpec,
  search: Search,
): Promise<{ readonly page: ScopedSearch; readonly counted: ScopedSearch }> {
  const { scope, where = [], query, few = FEW } = search;
  const { dialect } = executor;
  if (scope === undefined || scope.all) return { page: { spec, search }, counted: { spec, search } };
  const walked = { spec, search: { ...search, where: [...where, ...scopeCondition(dialect, spec, scope)] } };
  const part = spec.scope?.partOfInstance;
  if (part === undefined || namesInstance(query.filter ?? {})) return { page: walked, counted: walked };
  const counted = {
    spec: fromInstances(spec),
    search: { ...search, where: [...where, owned(dialect, part, scope)] },
  };
  return { page: (await hasFew(executor, scope, few)) ? counted : walked, counted };
}

/** On the rows of a search. @throws Error for a search that cannot be kept to a scope: our own mistake */
export function scopeCondition(dialect: Dialect, spec: SearchSpec, scope: Scope): readonly Condition[] {
  if (scope.all) return [];
  if (spec.scope === undefined) throw new Error(`Expected a scope in the search of ${spec.from}, but there is none.`);
  // Else SQLite would read and sort all rows of the scope, instead of walking in the order asked for.
  return [withinScope(scope, dialect.onlyChecked(spec.scope.sql), dialect)];
}

/** CROSS JOIN: on SQLite it says from where the rows are looked up; PostgreSQL decides by its statistics. */
function fromInstances(spec: SearchSpec): SearchSpec {
  return { ...spec, from: `process_instance owned CROSS JOIN ${spec.from}` };
}

function owned(dialect: Dialect, part: string, scope: Scope): Condition {
  const { sql, parameters } = withinScope(scope, 'owned.process_id', dialect);
  const own = `owned.bucket = ${part}.bucket AND owned.process_instance_key = ${part}.process_instance_key`;
  return { sql: `${sql} AND ${own}`, parameters };
}

async function hasFew(executor: Executor, scope: Scope, few: number): Promise<boolean> {
  const { sql, parameters } = withinScope(scope, 'owned.process_id', executor.dialect);
  const [row] = await queryRows<{ n: number | string }>(
    executor,
    `SELECT count(*) AS n FROM (SELECT 1 AS one FROM process_instance owned WHERE ${sql} LIMIT ?) AS few`,
    [...parameters, few + 1],
  );
  return Number(row!.n) <= few;
}

/** True where a filter says whose parts are wanted: then nothing else need be known to find them. */
function namesInstance(filter: Readonly<Record<string, unknown>>): boolean {
  const instance = filter['processInstanceKey'];
  if (instance === undefined) return false;
  const { $eq, $in = [] } = (typeof instance === 'string' ? { $eq: instance } : instance) as {
    readonly $eq?: string;
    readonly $in?: readonly string[];
  };
  return $eq !== undefined || $in.length > 0;
}
