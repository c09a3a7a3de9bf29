import { Type, type Static } from '@sinclair/typebox';
import { evaluateDecision, readDmn, type DecisionTrace, type JsonValue, type Key } from '#engine';
import type { KeySource } from '../database/key-source.ts';
import { notFound, Refused } from '../http/refused.ts';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Catalog, Definition } from '../runtime/catalog.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { OPERATE } from './operate-access.ts';
import { DECISION } from './subjects.ts';
import { TENANT } from './search/search-spec.ts';
import { storedKey, wireKey } from './wire-key.ts';
import { PlainText, requireOwnTenant, TenantId, WireKey, WireVariables } from './wire-schema.ts';

const Evaluation = Type.Object(
  {
    decisionDefinitionId: Type.Optional(PlainText),
    decisionDefinitionKey: Type.Optional(WireKey),
    variables: Type.Optional(WireVariables),
    tenantId: TenantId,
  },
  { additionalProperties: false },
);

const Evaluated = Type.Object(
  {
    decisionDefinitionId: Type.String(),
    decisionDefinitionKey: Type.String(),
    output: Type.String({ description: 'JSON text; "null" when the evaluation failed' }),
    failedDecisionDefinitionId: Type.String(),
    failureMessage: Type.String({ description: 'Empty: nothing failed' }),
    evaluatedDecisions: Type.Array(Type.Object({}, { additionalProperties: true })),
  },
  { additionalProperties: true },
);

export interface DecisionEvaluationDeps {
  readonly definitions: Definitions;
  readonly keys: KeySource;
  readonly clock: Clock;
}

/** Evaluates a deployed decision beside any process. Nothing is stored. */
export function decisionEvaluationRoutes({ definitions, keys, clock }: DecisionEvaluationDeps): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/v2/decision-definitions/evaluation',
      summary: { ru: 'Вычислить решение', en: 'Evaluate a decision' },
      access: OPERATE,
      body: { kind: 'json', schema: Evaluation },
      response: { status: 200, description: 'The output with every decision evaluated for it', schema: Evaluated },
      repeatable: false,
      handler: async ({ body }) => {
        requireOwnTenant(body.tenantId);
        await definitions.refresh();
        const { catalog, zone, calendars } = definitions;
        const definition = find(catalog, body);
        const { decisions } = await readDmn(await definitions.content(definition.definitionKey));
        const library = new Map(decisions.map((decision) => [decision.decisionId, decision]));
        const variables = new Map<string, JsonValue>(Object.entries(body.variables ?? {}));
        const result = evaluateDecision({
          decision: library.get(definition.id)!,
          scope: {
            variables: { get: (name) => variables.get(name), toContext: () => Object.fromEntries(variables) },
            now: clock.now(),
            zone,
            calendars,
          },
        });
        const trace = result.ok ? result.trace : result.failure.trace;
        const graph = catalog.all.find(
          (one) => one.kind === 'decisionRequirements' && one.resourceKey === definition.resourceKey,
        );
        const evaluationKey = await keys.next(keys.pickBucket());
        return ok({
          decisionDefinitionId: definition.id,
          decisionDefinitionName: definition.name || definition.id,
          decisionDefinitionVersion: definition.version,
          decisionDefinitionKey: wireKey(definition.definitionKey),
          decisionRequirementsId: definition.requirementsId ?? '',
          decisionRequirementsKey: wireKey(graph?.definitionKey ?? definition.definitionKey),
          decisionEvaluationKey: wireKey(evaluationKey),
          output: JSON.stringify(result.ok ? result.output : null),
          // The API's schema wants an id here even when nothing failed; the empty message tells that.
          failedDecisionDefinitionId: result.ok ? definition.id : result.failure.decisionId,
          failureMessage: result.ok ? '' : result.failure.message,
          tenantId: TENANT,
          evaluatedDecisions: inOrder(trace).map((one, at) =>
            evaluatedView(one, { definition, catalog, evaluationKey, place: at + 1 }),
          ),
        });
      },
    }),
  ];
}

function find(
  catalog: Catalog,
  { decisionDefinitionId: id, decisionDefinitionKey: key }: Static<typeof Evaluation>,
): Definition {
  if ((id === undefined) === (key === undefined)) {
    throw new Refused('invalid-request', {
      ru: 'Назовите решение одним из полей decisionDefinitionId и decisionDefinitionKey.',
      en: 'Name the decision by exactly one of decisionDefinitionId and decisionDefinitionKey.',
    });
  }
  const found = key === undefined ? catalog.latest('decision', id!) : catalog.byKey(storedKey(key));
  if (found === undefined || found.kind !== 'decision') throw notFound(DECISION);
  return found;
}

/** Required decisions before those that require them, each once. */
function inOrder(trace: DecisionTrace, seen = new Set<string>()): readonly DecisionTrace[] {
  if (seen.has(trace.decisionId)) return [];
  const before = trace.requiredDecisions.flatMap((one) => inOrder(one, seen));
  seen.add(trace.decisionId);
  return [...before, trace];
}

const TYPES = { decisionTable: 'DECISION_TABLE', literalExpression: 'LITERAL_EXPRESSION' } as const;

interface EvaluatedPlace {
  readonly definition: Definition;
  readonly catalog: Catalog;
  readonly evaluationKey: Key;
  readonly place: number;
}

function evaluatedView(trace: DecisionTrace, { definition, catalog, evaluationKey, place }: EvaluatedPlace): object {
  const own = catalog.all.find(
    (one) => one.kind === 'decision' && one.id === trace.decisionId && one.resourceKey === definition.resourceKey,
  );
  return {
    decisionDefinitionId: trace.decisionId,
    decisionDefinitionName: trace.decisionName || trace.decisionId,
    decisionDefinitionVersion: own?.version,
    decisionDefinitionKey: wireKey(own?.definitionKey ?? null),
    decisionDefinitionType: TYPES[trace.decisionType],
    // Camunda writes `<key>-<place>`; the client of 8.8.4 takes digits only.
    decisionEvaluationInstanceKey: `${evaluationKey}${String(place).padStart(3, '0')}`,
    output: JSON.stringify(trace.output),
    tenantId: TENANT,
    evaluatedInputs: trace.evaluatedInputs.map(({ inputId, inputName, inputValue }) => ({
      inputId,
      inputName,
      inputValue: JSON.stringify(inputValue),
    })),
    matchedRules: trace.matchedRules.map(({ ruleId, ruleIndex, evaluatedOutputs }) => ({
      ruleId,
      ruleIndex,
      evaluatedOutputs: evaluatedOutputs.map(({ outputId, outputName, outputValue }) => ({
        outputId,
        outputName,
        outputValue: JSON.stringify(outputValue),
      })),
    })),
  };
}
