import { Type } from '@sinclair/typebox';
import { SystemView } from '#contract';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import { Refused } from './refused.ts';
import { ok } from './reply.ts';
import { route, type Route } from './route.ts';

export interface SystemRoutesDeps {
  readonly database: Database;
  readonly version: string;
  readonly demo: boolean;
  /** False from the moment the server was asked to stop, so that a balancer sends nobody new. */
  readonly accepting: () => boolean;
  /** False when the part that acts by itself has not come round for a while. */
  readonly workerLives?: () => boolean;
  /** Reading works then, so it does not make a server unready. */
  readonly diskLow?: () => boolean;
}

const State = Type.Object({ status: Type.Literal('ok') });
const Ready = Type.Object({
  status: Type.Literal('ok'),
  database: Type.Literal('ok'),
  worker: Type.Literal('ok'),
  disk: Type.Union([Type.Literal('ok'), Type.Literal('low')]),
});

export function systemRoutes(deps: SystemRoutesDeps): readonly Route[] {
  const { database, version, demo, accepting, workerLives = () => true, diskLow = () => false } = deps;
  return [
    route({
      method: 'get',
      path: '/healthz',
      summary: { ru: 'Процесс жив', en: 'The process lives' },
      access: 'public',
      response: { status: 200, description: 'Alive', schema: State },
      handler: async () => ok({ status: 'ok' }),
    }),
    route({
      method: 'get',
      path: '/readyz',
      summary: { ru: 'Готов принимать запросы', en: 'Ready for requests' },
      access: 'public',
      response: { status: 200, description: 'The database answers and the worker works', schema: Ready },
      handler: async () => {
        const answers = await queryRows(readerOf(database), 'SELECT 1 AS one').then(
          () => true,
          () => false,
        );
        if (!answers) throw notReady('База данных не отвечает.', 'The database does not answer.');
        if (!accepting()) throw notReady('Сервер останавливается.', 'The server is stopping.');
        if (!workerLives()) throw notReady('Исполнитель заданий не отвечает.', 'The worker does not answer.');
        return ok({ status: 'ok', database: 'ok', worker: 'ok', disk: diskLow() ? 'low' : 'ok' });
      },
    }),
    route({
      method: 'get',
      path: '/api/system',
      summary: { ru: 'О системе', en: 'About the system' },
      access: 'public',
      response: { status: 200, description: 'Name and version', schema: SystemView },
      handler: async () => ok({ name: 'Регламент', version, demo } satisfies SystemView),
    }),
  ];
}

function notReady(ru: string, en: string): Refused {
  return new Refused('not-ready', { ru, en });
}
