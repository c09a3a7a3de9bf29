import type { ElementInstance } from '../instance.ts';
import type { ComplexGateway } from '../model/process-model.ts';
import { evaluateValue } from './evaluate-value.ts';
import { firstInLine, opens } from './join-rule.ts';
import { raiseIncident } from './raise-incident.ts';
import { reportStrandedTokens } from './report-stranded-tokens.ts';
import { noteMove, type Run } from './run.ts';
import { Stuck } from './stuck.ts';
import { surveyScope, type WaitingJoin } from './survey-scope.ts';
import { cancelWait } from './terminate-element.ts';
import { oldestPerFlow } from './waiting-tokens.ts';

/**
 * Joins that open when nothing else can move: the inclusive gateway and the complex gateway. Looked at when the steps are
 * done, in every scope where a token has moved, been cancelled or got stuck, so none is missed; one at a time in each
 * scope, because what it gives off may keep another closed. The one whose token waits longest goes first. Returns
 * whether any opened.
 */
export function fireJoins(run: Run): boolean {
  // While it is suspended no variable opens one; the resume looks at all of them.
  const mayOpen = run.plan.hasRuleJoins && run.draft.header.suspendedAt === null;
  if (mayOpen && run.changed.names !== null) lookAtActivation(run);
  if (run.moved === null) return false;
  let fired = false;
  for (const scopeKey of run.moved) {
    // A scope inside it has just ended, and its token is on its way.
    if (run.flights.stepsIn(scopeKey) > 0) continue;
    const scope = run.draft.elements.get(scopeKey);
    if (scope !== undefined && fireIn(run, scope)) fired = true;
    else run.moved.delete(scopeKey);
  }
  return fired;
}

/** An activation condition may read what has changed. */
export function lookAtActivation(run: Run): void {
  for (const { elementId, scopeKey } of run.draft.tokens.values()) {
    if (run.model.nodes.get(elementId)?.type === 'complexGateway') noteMove(run, scopeKey);
  }
}

function fireIn(run: Run, scope: ElementInstance): boolean {
  const survey = surveyScope(run.model, run.draft, scope.key);
  if (survey.joins.length === 0) return false;
  const join =
    survey.joins.find((one) => opens(run.model, survey, one) || startsNow(run, scope, one)) ??
    firstInLine(run.model, survey);
  if (join === undefined) {
    reportStrandedTokens(run, scope, survey);
    return false;
  }
  fire(run, scope, join);
  return true;
}

function fire(run: Run, scope: ElementInstance, { node, tokens, resetting }: WaitingJoin): void {
  for (const wait of run.draft.waits.get(scope.key) ?? []) {
    const incident = run.draft.incidents.get(wait.key);
    if (incident?.retry.kind === 'settle' && incident.elementId === node.id) cancelWait(run, wait);
  }
  const taken = new Set(resetting?.memory?.complexGateway?.takenFlowIds);
  run.behaviorOf(node).fire?.(run, node, {
    scopeKey: scope.key,
    tokens: oldestPerFlow(tokens).filter(({ flowId }) => !taken.has(flowId)),
    ...(resetting === undefined ? {} : { resetting }),
  });
}

/** Whether a complex gateway that waits for its start may start (BPMN 2.0.2 §13.4.5). */
function startsNow(run: Run, scope: ElementInstance, { node, opensBy, tokens }: WaitingJoin): boolean {
  if (node.type !== 'complexGateway' || opensBy !== 'condition' || standsStill(run, scope, node)) return false;
  const { activationCondition } = node;
  if (activationCondition === undefined) return true;
  const counts = Object.fromEntries(node.incoming.map((flowId) => [flowId, 0]));
  for (const { flowId } of tokens) counts[flowId] = (counts[flowId] ?? 0) + 1;
  try {
    const value = evaluateValue(run, {
      expression: activationCondition,
      scopeKey: scope.key,
      purpose: `the activation condition of "${node.name || node.id}"`,
      incident: 'CONDITION_ERROR',
      extra: { activationCount: oldestPerFlow(tokens).length, activationCounts: counts, waitingForStart: true },
    });
    return value === true;
  } catch (reason) {
    if (!(reason instanceof Stuck)) throw reason;
    const { type, message } = reason;
    raiseIncident(run, scope, { type, message, elementId: node.id, retry: { kind: 'join' } });
    return false;
  }
}

/** An activation condition that gave no value is not asked again before its incident is resolved. */
function standsStill(run: Run, scope: ElementInstance, node: ComplexGateway): boolean {
  return (run.draft.waits.get(scope.key) ?? []).some(({ key }) => {
    const incident = run.draft.incidents.get(key);
    return incident?.retry.kind === 'join' && incident.elementId === node.id;
  });
}
