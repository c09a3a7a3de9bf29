import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { answerUnread } from './answer-unread.ts';
import { problemOf } from './errors.ts';
import { languageOf } from './language.ts';
import { notFound, Refused, TooManyRequests } from './refused.ts';
import { requestIdOf } from './request-id.ts';

/** The last middleware: every error becomes `application/problem+json`, and bugs go to the log under the request's id. */
export function problemDetails(logger: Logger) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const requestId = requestIdOf(request);
    const language = languageOf(request.headers['accept-language']);
    const problem = problemOf(clientFault(error), { language, path: request.path, requestId });
    if (problem.status >= 500) logger.error({ err: error, requestId, method: request.method, path: request.path });
    if (response.headersSent) {
      // Half an answer is out: breaking the connection is the only honest way to say that it is not whole.
      next(error);
      return;
    }
    response.status(problem.status);
    response.setHeader('cache-control', 'no-store');
    if (error instanceof TooManyRequests) response.setHeader('retry-after', error.retryAfter);
    // A browser would answer this header with a password window of its own over our sign-in screen.
    if (problem.status === 401 && request.headers['sec-fetch-mode'] === undefined) {
      response.setHeader('www-authenticate', 'Basic realm="Reglament", charset="UTF-8"');
    }
    response.type('application/problem+json');
    const text = JSON.stringify(problem);
    // The rest of an oversized body would otherwise be read to its end for nothing.
    if (problem.status === 413) answerUnread(request, response, text);
    else response.end(text);
  };
}

/** What Express and its file server throw for an address of the client's making is no bug of ours. */
function clientFault(error: unknown): unknown {
  const status = (error as { readonly status?: unknown } | null)?.status;
  if (status === 404) return notFound({ ru: 'Файл', en: 'File' });
  if (error instanceof URIError || (typeof status === 'number' && status >= 400 && status < 500)) {
    return new Refused('invalid-request', {
      ru: 'Адрес закодирован неверно.',
      en: 'The address is not encoded correctly.',
    });
  }
  return error;
}

/** For every address under the API that no route serves. */
export function unknownAddress(request: Request, _response: Response, next: NextFunction): void {
  next(
    new Refused('not-found', {
      ru: `Адрес ${request.method} ${request.baseUrl}${request.path} не существует. Какие есть, перечислено в /openapi.json.`,
      en: `There is no ${request.method} ${request.baseUrl}${request.path}. Those that exist are listed in /openapi.json.`,
    }),
  );
}
