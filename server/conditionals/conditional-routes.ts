import { ConditionalsEvaluated, EvaluateConditionals } from '#contract';
import { keyOf } from '../http/key-text.ts';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Conditionals } from './conditionals.ts';

/** Under `/api`: the official client of the Camunda 8 API has no such operation in the version we speak (8.8.4). */
export function conditionalRoutes({ conditionals }: { readonly conditionals: Conditionals }): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/conditionals/evaluation',
      summary: {
        ru: 'Запустить процессы, чьё условие старта выполнено',
        en: 'Start the processes whose start condition holds',
      },
      access: 'operate',
      body: { kind: 'json', schema: EvaluateConditionals },
      response: {
        status: 200,
        description: 'What was started, and conditions that gave no value',
        schema: ConditionalsEvaluated,
      },
      handler: async ({ body, principal, command }) => {
        const { variables, processDefinitionKey } = body;
        const { conditionalEvaluationKey, started, failures } = await conditionals.evaluate({
          variables,
          by: principal.username,
          ...(processDefinitionKey === undefined ? {} : { processDefinitionKey: keyOf(processDefinitionKey) }),
          ...(command === null ? {} : { repeatable: command }),
        });
        return ok({
          conditionalEvaluationKey: String(conditionalEvaluationKey),
          processInstances: started.map((one) => ({
            processDefinitionKey: String(one.processDefinitionKey),
            processInstanceKey: String(one.processInstanceKey),
          })),
          failures: failures.map((one) => ({ ...one, processDefinitionKey: String(one.processDefinitionKey) })),
        });
      },
    }),
  ];
}
