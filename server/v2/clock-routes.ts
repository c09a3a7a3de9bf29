import { Type } from '@sinclair/typebox';
import { Refused } from '../http/refused.ts';
import { noContent } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { SETS_CLOCK } from '../identity/route-grants.ts';
import type { Clock } from '../runtime/clock.ts';
import type { PinnableClock } from '../runtime/pinnable-clock.ts';
import { LongNumber } from './wire-schema.ts';

const Pin = Type.Object({ timestamp: LongNumber }, { additionalProperties: false });

/** Tests of processes move the clock; an installation that people work with must not be able to. */
export function clockRoutes({ clock }: { readonly clock: Clock | PinnableClock }): readonly Route[] {
  const control = (): PinnableClock => {
    if ('pin' in clock) return clock;
    throw new Refused('forbidden', {
      ru: 'Часы переводятся только в тестовом режиме: запустите сервер с --test-mode=on.',
      en: 'The clock is moved in test mode only: start the server with --test-mode=on.',
    });
  };
  return [
    route({
      method: 'put',
      path: '/v2/clock',
      summary: { ru: 'Остановить часы (тестовый режим)', en: 'Pin the clock (test mode)' },
      access: 'administer',
      grant: SETS_CLOCK,
      body: { kind: 'json', schema: Pin },
      response: { status: 204, description: 'The clock stands there' },
      repeatable: false,
      handler: ({ body }) => {
        const instant = Number(body.timestamp);
        if (instant < 0) {
          throw new Refused('invalid-request', {
            ru: `Ожидалось время в миллисекундах с 1970 года, но указано ${instant}.`,
            en: `Expected a time in milliseconds since 1970, but got ${instant}.`,
          });
        }
        control().pin(instant);
        return Promise.resolve(noContent());
      },
    }),
    route({
      method: 'post',
      path: '/v2/clock/reset',
      summary: { ru: 'Пустить часы (тестовый режим)', en: 'Reset the clock (test mode)' },
      access: 'administer',
      grant: SETS_CLOCK,
      body: { kind: 'json', schema: Type.Unsafe<unknown>({}), optional: true },
      response: { status: 204, description: 'The clock goes on' },
      repeatable: false,
      handler: () => {
        control().reset();
        return Promise.resolve(noContent());
      },
    }),
  ];
}
