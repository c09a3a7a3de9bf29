import type { NextFunction, Request, Response } from 'express';
import type { Metrics } from '../telemetry/metrics.ts';

/** Tells the time of every answer by the declared path of its route: addresses carry keys, and there is no end of them. */
export function measureRequests(metrics: Pick<Metrics, 'httpAnswered'>) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    response.once('close', () => {
      const route = (request.route as { readonly path?: unknown } | undefined)?.path;
      metrics.httpAnswered({
        method: request.method,
        route: typeof route === 'string' ? route : 'other',
        status: response.statusCode,
        seconds: (performance.now() - began) / 1_000,
      });
    });
    next();
  };
}
