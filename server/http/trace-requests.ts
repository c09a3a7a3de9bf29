import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';

/** Asked every few seconds by machines; a trace of them tells nothing. */
const SILENT = ['/healthz', '/readyz', '/metrics'];

/**
 * A span around every request, under the one that the caller names in `traceparent`. It is named by the declared path of its
 * route: addresses carry keys, and queries what people look for. Attributes as in the HTTP semantic conventions.
 */
export function traceRequests(request: Request, response: Response, next: NextFunction): void {
  if (SILENT.includes(request.path)) return next();
  const caller = propagation.extract(context.active(), request.headers);
  const span = trace
    .getTracer('reglament')
    .startSpan(
      request.method,
      { kind: SpanKind.SERVER, attributes: { 'http.request.method': request.method } },
      caller,
    );
  response.once('close', () => {
    const route = (request.route as { readonly path?: unknown } | undefined)?.path;
    if (typeof route === 'string') {
      span.updateName(`${request.method} ${route}`);
      span.setAttribute('http.route', route);
    }
    span.setAttribute('http.response.status_code', response.statusCode);
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(caller, span), next);
}
