import type { Express, NextFunction, Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommitInDoubt } from '../database/transaction.ts';
import { isDiskFull } from '../disk/is-disk-full.ts';
import type { Principal } from '../identity/principal.ts';
import { EVERYTHING, inScope, isNothing, scopeOf, type Scope } from '../identity/scope.ts';
import { isOutsider } from '../identity/roles.ts';
import { bringsNothing, diskFull } from './disk-full.ts';
import { languageOf } from './language.ts';
import { readBody } from './read-body.ts';
import { Refused } from './refused.ts';
import type { Reply } from './reply.ts';
import { requestIdOf } from './request-id.ts';
import { requestCommandOf } from './request-command.ts';
import type { Route } from './route.ts';
import { createRouteTable } from './route-table.ts';
import { requireSameOrigin } from './same-origin.ts';
import { validateRequest } from './validate-request.ts';

/** What serving needs from the other rooms. */
export interface RouteGuards {
  /** Who asks, or null for nobody. Throws `wrong-credentials` for credentials that are given and wrong. */
  identify(request: Request): Promise<Principal | null>;
  /** True while the disk is too full to take anything new in. */
  diskLow?(): boolean;
  /** Told of a write that found no room. */
  diskFull?(): void;
}

const SAFE: ReadonlySet<string> = new Set(['get']);

/** Puts every declared route behind the same checks, in the same order: who, whence, may they, is it well-formed. */
export function mountRoutes(app: Express, routes: readonly Route[], guards: RouteGuards): void {
  const serve = (route: Route, request: Request, response: Response, next: NextFunction): void => {
    answer(route, request, guards)
      .then((reply) => send(reply, response))
      .catch((error: unknown) => {
        if (isDiskFull(error)) guards.diskFull?.();
        next(error);
      });
  };
  const find = createRouteTable(routes);
  app.use((request, response, next) => {
    const found = find(request.method, pathOf(request.url));
    if (found === undefined) {
      next();
      return;
    }
    const { route, params } = found;
    Object.assign(request, { params, route });
    serve(route, request, response, next);
  });
  for (const route of routes) {
    app[route.method](route.path, (request: Request, response: Response, next: NextFunction) =>
      serve(route, request, response, next),
    );
  }
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

async function answer(route: Route, request: Request, guards: RouteGuards): Promise<Reply> {
  const language = languageOf(request.headers['accept-language']);
  const principal = await guards.identify(request);
  if (!SAFE.has(route.method) && (principal === null || principal.by === 'session')) requireSameOrigin(request);
  const scope = requireAccess(route, principal);
  if (guards.diskLow?.() === true && !bringsNothing(route)) throw diskFull();
  const params =
    route.params === undefined ? {} : validateRequest(route.params, { ...request.params }, { part: 'path', language });
  requireNamed(route, scope, params as Readonly<Record<string, string>>);
  const query = readQuery(route, request, language);
  const raw = await readBody(request, route.body);
  const body = route.body?.kind === 'json' ? validateRequest(route.body.schema, raw, { part: 'body', language }) : raw;
  const repeatable = !SAFE.has(route.method) && route.repeatable;
  const header = repeatable ? request.get('idempotency-key') : undefined;
  const command = requestCommandOf(header, { principal, method: route.method, path: request.originalUrl, body });
  const requestId = requestIdOf(request);
  const carryOut = (): Promise<Reply> =>
    route.handler({ principal, scope, params, query, body, language, command, requestId, request });
  // The bytes of a stream are gone after the first try.
  return command === null || route.body?.kind === 'stream' ? carryOut() : settleDoubt(carryOut);
}

const TRIES = 6;
const FIRST_PAUSE_MS = 50;

/**
 * The connection broke during COMMIT: nobody knows whether the command happened. Its id knows: carried out again, it does
 * nothing but give the stored answer if it did, so a client with a key of its own hears nothing of the break.
 */
async function settleDoubt(carryOut: () => Promise<Reply>): Promise<Reply> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await carryOut();
    } catch (error) {
      if (!(error instanceof CommitInDoubt) || attempt === TRIES) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** attempt);
    }
  }
}

/** Deny by default: whatever is not plainly allowed is refused, a permission nobody knows included. */
function requireAccess(route: Route, principal: Principal | null): Scope {
  if (route.access === 'public') return EVERYTHING;
  if (principal === null) {
    throw new Refused('not-signed-in', { ru: 'Войдите, чтобы продолжить.', en: 'Sign in to continue.' });
  }
  if (isOutsider(principal) && route.outsiders !== true) {
    throw new Refused('forbidden', {
      ru: 'Это открыто только сотрудникам. Ваши задачи и заявки — в портале.',
      en: 'This is open to people of the house only. Your tasks and requests are in the portal.',
    });
  }
  if (route.access === 'signed-in') return EVERYTHING;
  const { any = [], of = 'everything' } = route.grant ?? {};
  const scope = scopeOf(principal, route.access, ...any);
  if (of === 'everything' ? scope.all : !isNothing(scope)) return scope;
  throw new Refused('forbidden', {
    ru: `Для этого нужно право «${route.access}». Обратитесь к администратору.`,
    en: `This needs the permission "${route.access}". Ask the administrator.`,
  });
}

function requireNamed({ grant }: Route, scope: Scope, params: Readonly<Record<string, string>>): void {
  if (typeof grant?.of !== 'object') return;
  const id = params[grant.of.param] ?? '';
  if (inScope(scope, id)) return;
  throw new Refused('forbidden', {
    ru: `Для «${id}» нужно разрешение ${grant.any.join(' или ')}. Обратитесь к администратору.`,
    en: `"${id}" needs the authorization ${grant.any.join(' or ')}. Ask the administrator.`,
  });
}

function readQuery(route: Route, request: Request, language: 'ru' | 'en'): unknown {
  // `query parser: simple` gives text, or a list where a name is repeated; a list never fits a scalar schema.
  const query = { ...request.query };
  if (route.query !== undefined) return validateRequest(route.query, query, { part: 'query', language });
  const [unknown] = Object.keys(query);
  if (unknown === undefined) return {};
  throw new Refused('invalid-request', {
    ru: `Параметр «${unknown}» здесь неизвестен.`,
    en: `The parameter "${unknown}" is not known here.`,
  });
}

async function send(reply: Reply, response: Response): Promise<void> {
  if (response.destroyed) return;
  response.statusCode = reply.status;
  if (!response.hasHeader('cache-control')) response.setHeader('cache-control', 'no-store');
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  switch (reply.kind) {
    case 'json': {
      const text = JSON.stringify(reply.body);
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.setHeader('content-length', Buffer.byteLength(text));
      response.end(text);
      return;
    }
    case 'empty':
      response.end();
      return;
    case 'content':
      response.end(reply.body);
      return;
    case 'stream':
      // A reader who goes away half-way is no error of ours.
      await pipeline(reply.body, response).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
      });
  }
}
