import { content } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Metrics } from './metrics.ts';

const TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** For Prometheus, which signs in with Basic. Not public: numbers of work and names of job types are nobody else's business. */
export function metricsRoutes(metrics: Pick<Metrics, 'text'>): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/metrics',
      summary: { ru: 'Показатели для Prometheus', en: 'Metrics for Prometheus' },
      access: 'operate',
      response: { status: 200, description: 'Prometheus text format', contentType: 'text/plain' },
      handler: async () => content(await metrics.text(), { 'content-type': TYPE }),
    }),
  ];
}
