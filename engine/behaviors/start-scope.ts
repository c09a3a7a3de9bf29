import type { Key } from '../key.ts';
import { schedule, type Run } from './run.ts';

/** Starts a process or sub-process: at its none start event, else at every node without incoming flow (§13.2). */
export function startScope(run: Run, scopeId: string, scopeKey: Key): void {
  const scope = run.model.scopes.get(scopeId);
  if (scope === undefined) throw new Error(`Expected scope ${scopeId} in process ${run.model.processId}`);
  const starts = scope.noneStartId === undefined ? scope.implicitStartIds : [scope.noneStartId];
  for (const nodeId of starts) schedule(run, { kind: 'activate', scopeKey, nodeId });
}
