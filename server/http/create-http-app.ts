import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from '../telemetry/metrics.ts';
import { limitByAddress, limitEverything } from './rate-limit.ts';
import { mountRoutes, type RouteGuards } from './mount-routes.ts';
import { measureRequests } from './measure-requests.ts';
import { openApi } from './open-api.ts';
import { problemDetails, unknownAddress } from './problem-details.ts';
import { assignRequestId } from './request-id.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { traceRequests } from './trace-requests.ts';
import { serveDesigner } from './static-designer.ts';

export interface HttpAppDeps {
  readonly routes: readonly Route[];
  readonly guards: RouteGuards;
  readonly logger: Logger;
  readonly secure: boolean;
  readonly trustedProxies: number;
  readonly version: string;
  /** Folder of the built designer. */
  readonly designerFolder: string;
  /** What one address may ask of the addresses that need no sign-in. */
  readonly publicRequestsPerMinute?: number;
  /** Origins of pages that may stand in a frame of ours, beside our own. */
  readonly frames?: readonly string[];
  readonly metrics?: Pick<Metrics, 'httpAnswered'>;
  /** Mounts what speaks another dialect than ours (`/v2`) behind the same headers and before the designer. */
  readonly mountMore?: (app: Express) => void;
}

/** The Express application: headers first, routes in the middle, the designer for every other page, problems last. */
export function createHttpApp(deps: HttpAppDeps): Express {
  const { routes, guards, logger, secure, trustedProxies, version } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', trustedProxies);
  app.set('etag', false);

  app.use(traceRequests);
  app.use(assignRequestId);
  if (deps.metrics !== undefined) app.use(measureRequests(deps.metrics));
  app.use(securityHeaders({ secure, frames: deps.frames ?? [] }));
  app.post(['/api/session', '/oauth/token'], limitByAddress({ perMinute: 30 }));
  app.use('/api/public', limitEverything({ perMinute: deps.publicRequestsPerMinute ?? 120 }));
  mountRoutes(app, routes, guards);
  const document = openApi(routes, { version });
  app.get('/openapi.json', (_request, response) => void response.json(document));
  deps.mountMore?.(app);
  app.use(['/api', '/v2'], unknownAddress);
  serveDesigner(app, deps.designerFolder);
  app.use(unknownAddress);
  app.use(problemDetails(logger));
  return app;
}
