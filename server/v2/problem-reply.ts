import type { Reply } from '../http/reply.ts';
import type { Texts } from '../http/refused.ts';

/**
 * Problem details with a status that only this API has: 501 for operations of the client that we do not answer yet, 504
 * for an awaited result that did not come. All others are `Refused` and stand in `server/http/errors.ts`.
 */
export function problemReply(
  call: { readonly language: 'ru' | 'en'; readonly requestId: string; readonly request: { readonly path: string } },
  problem: { readonly status: 501 | 504; readonly code: string; readonly title: Texts; readonly detail: Texts },
): Extract<Reply, { readonly kind: 'json' }> & { readonly body: object } {
  const { status, code, title, detail } = problem;
  const { language, requestId, request } = call;
  return {
    kind: 'json',
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    body: {
      type: `urn:reglament:problem:${code}`,
      title: title[language],
      status,
      detail: detail[language],
      instance: request.path,
      code,
      requestId,
    },
  };
}
