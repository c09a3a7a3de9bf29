import { Type } from '@sinclair/typebox';
import { KeyText, RetentionRules, RetentionRuleView } from '#contract';
import { keyOf } from '../http/key-text.ts';
import { noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Retention, RetentionView } from './retention.ts';

const ProcessId = Type.Object({ processId: Type.String({ minLength: 1, maxLength: 255 }) });
/** A hundred years: a larger number is a slip of the finger. */
const MAX_DAYS = 36_525;

export function retentionRoutes({ retention }: { readonly retention: Retention }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/retention',
      summary: { ru: 'Сроки хранения завершённых дел', en: 'How long ended cases are kept' },
      access: 'administer',
      response: { status: 200, description: 'One rule per process that has one', schema: RetentionRules },
      handler: async () => ok({ items: (await retention.list()).map(onTheWire) }),
    }),
    route({
      method: 'put',
      path: '/api/retention/:processId',
      summary: { ru: 'Задать срок хранения дел процесса', en: 'Set how long cases of a process are kept' },
      access: 'administer',
      params: ProcessId,
      body: {
        kind: 'json',
        schema: Type.Object(
          {
            keepDays: Type.Integer({ minimum: 1, maximum: MAX_DAYS }),
            withDocuments: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
      },
      response: { status: 200, description: 'The rule, and how many cases it takes', schema: RetentionRuleView },
      // The same rule twice is the same rule.
      repeatable: false,
      handler: async ({ params, body, principal }) => {
        const rule = {
          processId: params.processId,
          keepDays: body.keepDays,
          withDocuments: body.withDocuments ?? false,
        };
        return ok(onTheWire(await retention.put(rule, principal.username)));
      },
    }),
    route({
      method: 'delete',
      path: '/api/retention/:processId',
      summary: { ru: 'Хранить дела процесса бессрочно', en: 'Keep cases of a process for ever' },
      access: 'administer',
      params: ProcessId,
      response: { status: 204, description: 'Kept for ever from now on' },
      repeatable: false,
      handler: async ({ params }) => {
        await retention.remove(params.processId);
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/api/process-instances/:processInstanceKey/deletion',
      summary: { ru: 'Удалить завершённое дело', en: 'Delete an ended case' },
      access: 'administer',
      params: Type.Object({ processInstanceKey: KeyText }),
      body: {
        kind: 'json',
        schema: Type.Object({ withDocuments: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
      },
      response: { status: 204, description: 'Gone, with all it called' },
      repeatable: false,
      handler: async ({ params, body, principal }) => {
        await retention.deleteCase({
          caseKey: keyOf(params.processInstanceKey),
          withDocuments: body.withDocuments ?? false,
          by: principal.username,
        });
        return noContent();
      },
    }),
  ];
}

function onTheWire(view: RetentionView): RetentionRuleView {
  return { ...view, setAt: new Date(view.setAt).toISOString() };
}
