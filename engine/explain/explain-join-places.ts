import type { ElementInstance, Instance } from '../instance.ts';
import { isActivity, type FlowNode } from '../model/process-model.ts';
import { explainJoins, type JoinExplanation } from './explain-joins.ts';
import type { ClosingFlow, JoinReason, PlaceExplanation, StartQuantityReason, TokenSource } from './explanation.ts';
import type { Explained } from './explain-rows.ts';

/** Where tokens wait for others: at gateways, and at activities that need several. */
export function explainJoinPlaces({ instance, model }: Explained): readonly PlaceExplanation[] {
  return explainJoins(model, instance).map((join): PlaceExplanation => {
    const node = model.nodes.get(join.elementId)!;
    const resetting = join.opensBy === 'rule' ? complexGatewayOf(join, instance) : undefined;
    return {
      elementInstanceKey: resetting?.key ?? null,
      elementId: node.id,
      elementName: node.name || node.id,
      elementType: node.type,
      scopeKey: join.scopeKey,
      iteration: null,
      since: join.since ?? resetting?.startedAt ?? instance.header.startedAt,
      needs: 'any',
      waitsFor: [isActivity(node) ? missingTokens(join, node.startQuantity ?? 1) : closedJoin(join, node)],
      couldHappen: [],
    };
  });
}

/** A complex gateway that waits for its reset lives, as an element instance. */
function complexGatewayOf({ elementId, scopeKey }: JoinExplanation, instance: Instance): ElementInstance | undefined {
  const inside = [...(instance.children.get(scopeKey)?.keys() ?? [])].map((key) => instance.elements.get(key));
  return inside.find((one) => one?.elementType === 'complexGateway' && one.elementId === elementId);
}

function missingTokens({ tokens, awaits }: JoinExplanation, needed: number): StartQuantityReason {
  return { kind: 'startQuantity', needed, tokens, comesFrom: awaits.map(sourceOf) };
}

const OPENS_BY = { count: 'everyFlow', rule: 'nothingElse', condition: 'condition', busy: 'incident' } as const;

function closedJoin(join: JoinExplanation, node: FlowNode): JoinReason {
  const { opensBy, emptyFlowIds, tokens, awaits } = join;
  const condition = node.type === 'complexGateway' ? (node.activationCondition?.text ?? null) : null;
  // A parallel join also waits for a flow by which nobody can come any more; every other one for somebody who can.
  const flowIds = opensBy === 'count' ? emptyFlowIds : node.incoming;
  const flows = flowIds.map((flowId): ClosingFlow => ({
    flowId,
    comesFrom: awaits.filter(({ byFlowIds }) => byFlowIds.includes(flowId)).map(sourceOf),
  }));
  return {
    kind: 'join',
    opensBy: OPENS_BY[opensBy],
    condition,
    tokens,
    closedBy: opensBy === 'count' ? flows : flows.filter(({ comesFrom }) => comesFrom.length > 0),
  };
}

function sourceOf({ elementId, elementInstanceKey, tokenKey }: JoinExplanation['awaits'][number]): TokenSource {
  return { elementId, elementInstanceKey, tokenKey };
}
