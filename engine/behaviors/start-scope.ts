import type { ElementInstance, Occurrence } from '../instance.ts';
import { openEventSubProcesses } from './event-sub-process.ts';
import { nodeById, schedule, type Run } from './run.ts';
import { declareVariables } from './write-variables.ts';

/**
 * Starts a process or sub-process: its event sub-processes begin to wait, then a token starts at the event named, else at
 * the none start event, else at every node without incoming flow (BPMN 2.0.2 §13.2).
 */
export function startScope(
  run: Run,
  scopeId: string,
  { scope, occurrence }: { readonly scope: ElementInstance; readonly occurrence?: Occurrence | null },
): void {
  const model = run.model.scopes.get(scopeId);
  if (model === undefined) throw new Error(`Expected scope ${scopeId} in process ${run.model.processId}`);
  declareVariables(run, scope.key, model.variableNames ?? []);
  openEventSubProcesses(run, scopeId, scope);
  if (occurrence?.eventId !== undefined) {
    startAt(run, scope, occurrence.eventId, occurrence);
    return;
  }
  const starts = model.noneStartId === undefined ? model.implicitStartIds : [model.noneStartId];
  for (const nodeId of starts) schedule(run, { kind: 'activate', scopeKey: scope.key, node: nodeById(run, nodeId) });
}

/** Behind an instantiating gateway the token starts at the gateway, which knows its other events (§10.6.6). */
function startAt(run: Run, scope: ElementInstance, eventId: string, occurrence: Occurrence): void {
  const { variables, definitionIndex } = occurrence;
  const source = nodeById(run, eventId).incoming.map((flowId) => run.model.flows.get(flowId)?.sourceId)[0];
  const gateway = source === undefined ? undefined : nodeById(run, source);
  const behindGateway = gateway?.type === 'eventBasedGateway' && gateway.instantiate;
  schedule(run, {
    kind: 'activate',
    scopeKey: scope.key,
    node: behindGateway ? gateway : nodeById(run, eventId),
    occurrence: { variables, definitionIndex, ...(behindGateway ? { eventId } : {}) },
  });
}
