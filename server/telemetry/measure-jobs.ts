import { BpmnError } from '../worker/job-errors.ts';
import type { JobHandler } from '../worker/job-handlers.ts';
import type { Metrics } from './metrics.ts';

/** The same handler, its tries counted and timed. */
export function measureJobs(
  metrics: Pick<Metrics, 'connectorDone'>,
  { type, handler }: { readonly type: string; readonly handler: JobHandler },
): JobHandler {
  return async (work) => {
    const began = performance.now();
    let outcome = 'completed';
    try {
      return await handler(work);
    } catch (error) {
      outcome = error instanceof BpmnError ? 'bpmn-error' : 'failed';
      throw error;
    } finally {
      metrics.connectorDone({ type, outcome, seconds: (performance.now() - began) / 1_000 });
    }
  };
}
