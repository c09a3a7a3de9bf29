import type { TSchema } from '@sinclair/typebox';
import type { Database } from '../../database/connect.ts';
import { readerOf } from '../../database/connect.ts';
import { ok } from '../../http/reply.ts';
import type { Texts } from '../../http/refused.ts';
import { route, type Access, type Call, type Route, type RouteGrant } from '../../http/route.ts';
import type { Condition } from '../../user-tasks/task-visibility.ts';
import { runSearch } from './run-search.ts';
import { searchResult, searchSchema, type SearchQuery } from './search-schema.ts';
import type { SearchSpec } from './search-spec.ts';

export type SearchCall = Call<Readonly<Record<string, string>>, Readonly<Record<string, unknown>>, SearchQuery>;

export interface SearchRouteSpec {
  readonly database: Database;
  /** Without `/v2`. */
  readonly path: string;
  readonly summary: Texts;
  readonly access: Access;
  readonly grant?: RouteGrant;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly spec: SearchSpec;
  /** Schema of an item, for `/openapi.json`. */
  readonly item: TSchema;
  /** Conditions beyond the filter; may refuse. */
  readonly where?: (call: SearchCall) => readonly Condition[] | Promise<readonly Condition[]>;
  readonly view: (
    rows: readonly Readonly<Record<string, unknown>>[],
    call: SearchCall,
  ) => unknown[] | Promise<unknown[]>;
}

/** `POST …/search`: reads, so a repeat needs no key; the body's schema is made from the read model. */
export function searchRoute({
  database,
  path,
  summary,
  access,
  grant,
  params,
  query,
  spec,
  item,
  where,
  view,
}: SearchRouteSpec): Route {
  const reader = readerOf(database);
  const scoped = grant?.of === 'rows';
  if (scoped && spec.scope === undefined)
    throw new Error(`Expected a scope in the search of ${path}, but there is none.`);
  return route({
    method: 'post',
    path: `/v2${path}`,
    summary,
    access,
    ...(grant === undefined ? {} : { grant }),
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { query }),
    body: { kind: 'json', schema: searchSchema(spec), optional: true },
    response: { status: 200, description: 'A page of what was found', schema: searchResult(item) },
    repeatable: false,
    handler: async (untyped) => {
      const call = untyped as unknown as SearchCall;
      const conditions = (await where?.(call)) ?? [];
      const search = { query: call.body, where: conditions, ...(scoped ? { scope: call.scope } : {}) };
      const { rows, page } = await runSearch(reader, spec, search);
      return ok({ items: await view(rows, call), page });
    },
  });
}
