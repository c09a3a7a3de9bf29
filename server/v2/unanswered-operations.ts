import type { Express, NextFunction, Request, Response } from 'express';
import { languageOf } from '../http/language.ts';
import type { RouteGuards } from '../http/mount-routes.ts';
import { Refused } from '../http/refused.ts';
import { requestIdOf } from '../http/request-id.ts';
import type { Route } from '../http/route.ts';
import { CLIENT_OPERATIONS, type ClientOperation } from './client-operations.ts';
import { problemReply } from './problem-reply.ts';
import { whyUnanswered } from './unanswered-reasons.ts';

/** `GET /v2/jobs/{}`, however the parameters are called. */
export function addressOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method.toUpperCase()} ${path.replace(/:\w+|\{\w+\}/g, '{}')}`;
}

/** What the official client can ask and we do not answer. */
export function unansweredOperations(answered: readonly Route[]): readonly ClientOperation[] {
  const known = new Set(answered.map(addressOf));
  return CLIENT_OPERATIONS.filter(({ method, path }) => !known.has(addressOf({ method, path: `/v2${path}` })));
}

/**
 * Answers each of them with 501 and its name, so that nobody takes it for a typo or a lost object. Beside the declared
 * routes, because nothing is read of such a request and `/openapi.json` must promise nothing of it.
 */
export function mountUnanswered(app: Express, answered: readonly Route[], guards: RouteGuards): void {
  for (const { operationId, method, path } of unansweredOperations(answered)) {
    app[method](
      `/v2${path.replace(/\{(\w+)\}/g, ':$1')}`,
      (request: Request, response: Response, next: NextFunction) => {
        guards
          .identify(request)
          .then((principal) => {
            if (principal === null) throw notSignedIn();
            refuse(operationId, request, response);
          })
          .catch(next);
      },
    );
  }
}

function refuse(operationId: string, request: Request, response: Response): void {
  const call = { language: languageOf(request.headers['accept-language']), requestId: requestIdOf(request), request };
  const why = whyUnanswered(operationId);
  const { status, headers, body } = problemReply(call, {
    status: 501,
    code: 'not-supported',
    title: { ru: 'Не поддерживается', en: 'Not supported' },
    detail: {
      ru: `Операция «${operationId}» интерфейса Camunda 8 здесь не поддерживается. ${why.ru} Список — в docs/guide/camunda-api.md.`,
      en: `The operation "${operationId}" of the Camunda 8 API is not supported here. ${why.en} The list is in docs/guide/camunda-api.md.`,
    },
  });
  request.resume();
  response.status(status).set(headers).json(body);
}

function notSignedIn(): Refused {
  return new Refused('not-signed-in', { ru: 'Войдите, чтобы продолжить.', en: 'Sign in to continue.' });
}
