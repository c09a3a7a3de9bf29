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
}

const State = Type.Object({ status: Type.Literal('ok') });

export function systemRoutes({ database, version, demo, accepting }: SystemRoutesDeps): readonly Route[] {
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
      response: { status: 200, description: 'The database answers', schema: State },
      handler: async () => {
        const answers = await queryRows(readerOf(database), 'SELECT 1 AS one').then(
          () => true,
          () => false,
        );
        if (answers && accepting()) return ok({ status: 'ok' });
        throw new Refused('not-ready', {
          ru: answers ? 'Сервер останавливается.' : 'База данных не отвечает.',
          en: answers ? 'The server is stopping.' : 'The database does not answer.',
        });
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
