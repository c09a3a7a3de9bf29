import { bucketOf, type Key } from '#engine';
import type { Executor } from '../database/connect.ts';
import { notFound, type Texts } from '../http/refused.ts';
import type { Scope } from '../identity/scope.ts';
import type { Condition } from '../user-tasks/task-visibility.ts';
import { scopeCondition } from './search/keep-to-scope.ts';
import { findOne } from './search/run-search.ts';
import type { SearchSpec } from './search/search-spec.ts';
import { pathKey } from './wire-key.ts';

/**
 * The row of a search with this key, by the same read model as the search, so that `get` and `search` never differ.
 * @throws Refused `not-found`, also for one that is outside of the scope
 */
export async function findRow(
  executor: Executor,
  spec: SearchSpec,
  {
    key,
    what,
    scope,
    where = [],
  }: { readonly key: string; readonly what: Texts; readonly scope: Scope; readonly where?: readonly Condition[] },
): Promise<Record<string, unknown>> {
  const wanted = pathKey(key, what);
  const seen = scopeCondition(executor.dialect, spec, scope);
  const row = await findOne(executor, spec, [...where, ...seen, hasKey(spec, wanted)]);
  if (row === undefined) throw notFound(what);
  return row;
}

function hasKey({ key }: SearchSpec, wanted: Key): Condition {
  const values = key.length === 1 ? [wanted] : [bucketOf(wanted), wanted];
  return { sql: key.map((column) => `${column} = ?`).join(' AND '), parameters: values };
}
