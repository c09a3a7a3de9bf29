import type { CommandOfKind } from '../command.ts';
import type { Job } from '../instance.ts';
import { definitionsOf } from '../model/definitions-of.ts';
import type { FlowNode, JobDefinition } from '../model/process-model.ts';
import { addDuration } from '../time/add-duration.ts';
import { parseDuration } from '../time/parse-duration.ts';
import { nodeById, type Run } from './run.ts';

/**
 * When a failed job is offered again: after the delay that the worker names, else that of the model (`R3/PT5M`, or a list
 * with one delay per failure), else the default of whoever tells of the failure. Dates such as P1D follow the process zone.
 */
export function nextTryAt(run: Run, job: Job, failure: CommandOfKind<'failJob'>): number {
  if (failure.retryBackOff !== null) return run.now + Math.max(0, failure.retryBackOff);
  const delays = jobDefinitionOf(nodeById(run, job.elementId))?.retryDelays ?? [];
  if (delays.length === 0) return run.now + Math.max(0, failure.defaultBackOff ?? 0);
  // With as many tries left as there are delays, the first one has just failed.
  const at = Math.min(Math.max(0, delays.length - failure.retries), delays.length - 1);
  return addDuration(run.now, parseDuration(delays[at]!), run.library.zone);
}

function jobDefinitionOf(node: FlowNode): JobDefinition | undefined {
  if ('implementation' in node && node.implementation?.kind === 'job') return node.implementation.job;
  if (!('event' in node)) return undefined;
  const definitions = definitionsOf(node.event);
  return definitions.flatMap((one) => (one.kind === 'message' && one.job !== undefined ? [one.job] : []))[0];
}
