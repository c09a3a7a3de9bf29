import type { Request } from 'express';
import type { Static, TSchema } from '@sinclair/typebox';
import type { Language, Permission } from '#contract';
import type { Grant } from '../identity/grants.ts';
import type { Principal } from '../identity/principal.ts';
import type { Scope } from '../identity/scope.ts';
import type { Reply } from './reply.ts';
import type { RequestCommand } from './request-command.ts';
import type { Texts } from './refused.ts';

/** Who may call a route. There is no default: a route without one does not compile, an unknown one is refused. */
export type Access = 'public' | 'signed-in' | Permission;

/**
 * Who may call a route without the permission that it asks for, where authorisations are switched on: whoever is granted any
 * of these. `rows`: the handler keeps to `call.scope`, so one resource of the kind is enough; a name: the parameter of the
 * address that names the resource; `everything`: only a grant for all of the kind does.
 */
export interface RouteGrant {
  readonly any: readonly Grant[];
  readonly of: 'rows' | 'everything' | { readonly param: string };
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What a handler is given: everything already checked against the schemas of its route. */
export interface Call<Params, Query, Body, Who = Principal> {
  readonly principal: Who;
  /** What the asker may touch here: everything by a permission, else what the route's grants name. */
  readonly scope: Scope;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly language: Language;
  /** Set for a write with an Idempotency-Key: the handler runs its effect through `runOnce` or hands this to the runner. */
  readonly command: RequestCommand | null;
  readonly requestId: string;
  /** For what has no schema: cookies, the bytes of an upload. */
  readonly request: Request;
}

export interface RouteResponse {
  readonly status: number;
  readonly description: string;
  /** Absent: no body, or one that is not JSON. */
  readonly schema?: TSchema;
  readonly contentType?: string;
}

/** How the body arrives. `raw` is read whole into a Buffer; `stream` is left to the handler (multipart). */
export type BodySpec<Body extends TSchema> =
  | {
      readonly kind: 'json';
      readonly schema: Body;
      readonly maxBytes?: number;
      /** No body at all means `{}`, as curl users of the Camunda 8 API expect. */
      readonly optional?: true;
    }
  | { readonly kind: 'raw'; readonly contentType: string; readonly maxBytes: number }
  | { readonly kind: 'stream'; readonly contentType: string };

/** One route as declared; `mountRoutes` serves it and `openApi` describes it from the same words. */
export interface Route {
  readonly method: Method;
  /** Express path with `:name` parameters. */
  readonly path: string;
  readonly summary: Texts;
  readonly access: Access;
  readonly grant?: RouteGrant;
  /** Open to people of other organisations too (`isOutsider`); its handler keeps them to what is theirs. Closed unless said. */
  readonly outsiders?: true;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: BodySpec<TSchema>;
  readonly response: RouteResponse;
  /** False where an answer may not be kept for a repeat: it carries a secret (login). Writes are repeatable otherwise. */
  readonly repeatable: boolean;
  handler(call: Call<unknown, unknown, unknown, Principal | null>): Promise<Reply>;
}

type Shape<S> = S extends TSchema ? Static<S> : Record<string, never>;
type BodyOf<B> = B extends { kind: 'json'; schema: infer S extends TSchema }
  ? Static<S>
  : B extends { kind: 'raw' }
    ? Buffer
    : undefined;

export interface RouteSpec<
  P extends TSchema | undefined,
  Q extends TSchema | undefined,
  B extends BodySpec<TSchema> | undefined,
  A extends Access,
> {
  readonly method: Method;
  readonly path: string;
  readonly summary: Texts;
  readonly access: A;
  readonly grant?: RouteGrant;
  readonly outsiders?: true;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: RouteResponse;
  readonly repeatable?: boolean;
  readonly handler: (
    call: Call<Shape<P>, Shape<Q>, BodyOf<B>, A extends 'public' ? Principal | null : Principal>,
  ) => Promise<Reply>;
}

/** Declares a route; the handler's argument gets its types from the schemas. */
export function route<
  P extends TSchema | undefined = undefined,
  Q extends TSchema | undefined = undefined,
  B extends BodySpec<TSchema> | undefined = undefined,
  A extends Access = Access,
>(spec: RouteSpec<P, Q, B, A>): Route {
  return { repeatable: true, ...spec };
}
