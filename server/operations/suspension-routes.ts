import { Type } from '@sinclair/typebox';
import type { EngineCommand } from '#engine';
import { KeyText } from '#contract';
import { keyOf } from '../http/key-text.ts';
import { noContent } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Runner } from '../runtime/runner.ts';

const InstanceKey = Type.Object({ processInstanceKey: KeyText });

/** Standing still and going on, for which the Camunda 8 API has no word. */
export function suspensionRoutes({ runner }: { readonly runner: Runner }): readonly Route[] {
  const order = (
    verb: 'suspension' | 'resumption',
    texts: { readonly summary: Route['summary']; readonly done: string },
    command: EngineCommand,
  ): Route =>
    route({
      method: 'post',
      path: `/api/process-instances/:processInstanceKey/${verb}`,
      summary: texts.summary,
      access: 'operate',
      params: InstanceKey,
      response: { status: 204, description: texts.done },
      handler: async ({ params, principal, command: repeatable }) => {
        await runner.run({
          processInstanceKey: keyOf(params.processInstanceKey),
          by: principal.username,
          ...(repeatable === null ? {} : { repeatable }),
          build: () => command,
        });
        return noContent();
      },
    });
  return [
    order(
      'suspension',
      {
        summary: {
          ru: 'Приостановить экземпляр и всё, что он вызвал',
          en: 'Suspend an instance and all it has called',
        },
        done: 'Suspended',
      },
      { kind: 'suspendInstance', byParent: false },
    ),
    order(
      'resumption',
      { summary: { ru: 'Возобновить экземпляр', en: 'Resume an instance' }, done: 'Going on' },
      { kind: 'resumeInstance', byParent: false },
    ),
  ];
}
