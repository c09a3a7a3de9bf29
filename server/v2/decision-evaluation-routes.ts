import { Type, type Static } from '@sinclair/typebox';
import {
  bucketOf,
  evaluateDecision,
  recordTrace,
  tracesInOrder,
  type DecisionTrace,
  type JsonValue,
  type Key,
} from '#engine';
import type { Database } from '../database/connect.ts';
import type { KeySource } from '../database/key-source.ts';
import { inTransaction } from '../database/transaction.ts';
import { insertRows } from '../database/write-rows.ts';
import { notFound, Refused } from '../http/refused.ts';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { inScope, type Scope } from '../identity/scope.ts';
import type { Catalog, Definition } from '../runtime/catalog.ts';
import type { Clock } from '../runtime/clock.ts';
import { decisionInstanceTable, decisionRows } from '../runtime/decision-rows.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { decisionInstanceKey, traceView } from './decision-instance-search.ts';
import { OPERATE } from './operate-access.ts';
import { EVALUATES_DECISIONS } from '../identity/route-grants.ts';
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
  readonly database: Database;
  readonly definitions: Definitions;
  readonly keys: KeySource;
  readonly clock: Clock;
}

/** Evaluates a deployed decision beside any process; what came out is kept as decision instances. */
export function decisionEvaluationRoutes({
  database,
  definitions,
  keys,
  clock,
}: DecisionEvaluationDeps): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/v2/decision-definitions/evaluation',
      summary: { ru: 'Вычислить решение', en: 'Evaluate a decision' },
      access: OPERATE,
      grant: EVALUATES_DECISIONS,
      body: { kind: 'json', schema: Evaluation },
      response: { status: 200, description: 'The output with every decision evaluated for it', schema: Evaluated },
      repeatable: false,
      handler: async ({ body, scope }) => {
        requireOwnTenant(body.tenantId);
        await definitions.refresh();
        const { catalog, zone, calendars } = definitions;
        const definition = find(catalog, body, scope);
        const now = clock.now();
        const variables = new Map<string, JsonValue>(Object.entries(body.variables ?? {}));
        const result = evaluateDecision({
          decision: await definitions.decision(definition.definitionKey),
          scope: {
            variables: { get: (name) => variables.get(name), toContext: () => Object.fromEntries(variables) },
            now,
            zone,
            calendars,
          },
        });
        const trace = result.ok ? result.trace : result.failure.trace;
        const graph = catalog.all.find(
          (one) => one.kind === 'decisionRequirements' && one.resourceKey === definition.resourceKey,
        );
        const evaluationKey = await keys.next(keys.pickBucket());
        const rows = decisionRows({
          evaluationKey,
          bucket: bucketOf(evaluationKey),
          askedDefinitionKey: definition.definitionKey,
          at: now,
          trace: recordTrace(trace),
          process: null,
        });
        await inTransaction(database, (tx) => insertRows(tx, decisionInstanceTable, rows));
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
          evaluatedDecisions: tracesInOrder(trace).map((one, at) =>
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
  scope: Scope,
): Definition {
  if ((id === undefined) === (key === undefined)) {
    throw new Refused('invalid-request', {
      ru: 'Назовите решение одним из полей decisionDefinitionId и decisionDefinitionKey.',
      en: 'Name the decision by exactly one of decisionDefinitionId and decisionDefinitionKey.',
    });
  }
  const found = key === undefined ? catalog.latest('decision', id!) : catalog.byKey(storedKey(key));
  if (found === undefined || found.kind !== 'decision' || !inScope(scope, found.id)) throw notFound(DECISION);
  return found;
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
    decisionEvaluationInstanceKey: decisionInstanceKey(evaluationKey, place),
    output: JSON.stringify(trace.output),
    tenantId: TENANT,
    ...traceView(trace),
  };
}
