import { evaluateDecision } from '../decisions/evaluate-decision.ts';
import { recordTrace } from '../decisions/record-trace.ts';
import type { ElementInstance } from '../instance.ts';
import type { JsonValue } from '../json.ts';
import type { ResourceReference } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { evaluateText } from './evaluate-value.ts';
import { evaluationScope } from './read-variables.ts';
import { takeKey, type Run } from './run.ts';
import { notDeployed } from './not-deployed.ts';
import { Stuck } from './stuck.ts';

/** Evaluates a deployed decision with the variables in sight and records which rules matched (`zeebe:calledDecision`). */
export function decide(run: Run, reference: ResourceReference, element: ElementInstance): JsonValue {
  const id = evaluateText(run, { expression: reference.id, scopeKey: element.key, purpose: 'the decision id' });
  const { bindingType, versionTag } = reference;
  const { deploymentKey } = run.draft.header;
  const deployed = run.library.findDecision({ id, bindingType, versionTag, deploymentKey });
  if (deployed === undefined) throw notDeployed('CALLED_DECISION_ERROR', `decision "${id}"`, reference);
  const result = evaluateDecision({
    decision: deployed.decision,
    scope: evaluationScope(run, element.key),
  });
  emit(run, {
    kind: 'decisionEvaluated',
    elementInstanceKey: element.key,
    elementId: element.elementId,
    evaluationKey: takeKey(run),
    decisionKey: deployed.decisionKey,
    version: deployed.version,
    trace: recordTrace(result.ok ? result.trace : result.failure.trace),
  });
  if (!result.ok) {
    throw new Stuck(
      'DECISION_EVALUATION_ERROR',
      `Expected decision "${id}" to give a result, but ${result.failure.message}`,
    );
  }
  return result.output;
}
