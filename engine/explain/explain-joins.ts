import {
  surveyScope,
  waysInto,
  type ScopeSurvey,
  type TokenState,
  type WaitingJoin,
} from '../behaviors/survey-scope.ts';
import type { Instance } from '../instance.ts';
import type { Key } from '../key.ts';
import type { ProcessModel } from '../model/process-model.ts';
import { KeySet } from '../key-set.ts';

/** Why tokens still wait at a gateway, or at an activity that needs several. */
export interface JoinExplanation {
  readonly elementId: string;
  readonly scopeKey: Key;
  /**
   * `rule`: until nothing else can arrive (inclusive gateway; complex gateway that waits for its reset). `condition`: until
   * its activation condition holds. `count`: until there are enough. `busy`: until an incident of its own is resolved.
   */
  readonly opensBy: WaitingJoin['opensBy'];
  /** Epoch milliseconds at which the oldest of its tokens arrived; null when it waits for its reset without any. */
  readonly since: number | null;
  readonly tokens: readonly { readonly tokenKey: Key; readonly flowId: string; readonly arrivedAt: number }[];
  readonly emptyFlowIds: readonly string[];
  /** What keeps it closed (`rule`), or could still help to open it (all others). */
  readonly awaits: readonly AwaitedToken[];
}

/** A token elsewhere in the scope: in an element instance, or waiting at another join. */
export interface AwaitedToken {
  readonly elementId: string;
  readonly elementInstanceKey: Key | null;
  readonly tokenKey: Key | null;
  /** The incoming flows of the join that it can come by. */
  readonly byFlowIds: readonly string[];
}

/** Every join of the instance at which something waits, in the order of its scopes. A pure function of state and model. */
export function explainJoins(model: ProcessModel, instance: Instance): readonly JoinExplanation[] {
  const { elements, tokens, waits, children } = instance;
  const state: TokenState = { elements, tokens, waits, childrenOf: (key) => children.get(key) ?? KeySet.empty };
  return [...instance.elements.keys()].flatMap((scopeKey) => {
    const survey = surveyScope(model, state, scopeKey);
    return survey.joins.map((join) => explain(model, survey, { join, scopeKey }));
  });
}

function explain(
  model: ProcessModel,
  survey: ScopeSurvey,
  { join, scopeKey }: { readonly join: WaitingJoin; readonly scopeKey: Key },
): JoinExplanation {
  const { node, opensBy, tokens, emptyFlowIds } = join;
  const ways = (nodeId: string) => waysInto(model, join, nodeId);
  const living = survey.living.map(({ key, elementId }) => ({
    elementId,
    elementInstanceKey: key,
    tokenKey: null,
    byFlowIds: ways(elementId),
  }));
  const waiting = survey.joins
    .filter((other) => other !== join)
    .flatMap((other) =>
      [
        ...(other.resetting === undefined ? [] : [{ elementInstanceKey: other.resetting.key, tokenKey: null }]),
        ...other.tokens.map(({ key }) => ({ elementInstanceKey: null, tokenKey: key })),
      ].map((holder) => ({ ...holder, elementId: other.node.id, byFlowIds: ways(other.node.id) })),
    );
  return {
    elementId: node.id,
    scopeKey,
    opensBy,
    since: tokens[0]?.arrivedAt ?? null,
    tokens: tokens.map(({ key, flowId, arrivedAt }) => ({ tokenKey: key, flowId, arrivedAt })),
    emptyFlowIds,
    awaits: [...living, ...waiting].filter(({ byFlowIds }) => byFlowIds.length > 0),
  };
}
