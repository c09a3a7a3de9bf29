import { SpanKind } from '@opentelemetry/api';
import { BpmnError } from '../worker/job-errors.ts';
import type { JobHandler } from '../worker/job-handlers.ts';
import { inSpan } from './in-span.ts';
import type { Metrics } from './metrics.ts';

/** The same handler, its tries counted, timed and traced. */
export function measureJobs(
  metrics: Pick<Metrics, 'connectorDone'>,
  { type, handler }: { readonly type: string; readonly handler: JobHandler },
): JobHandler {
  return async (work) => {
    const began = performance.now();
    let outcome = 'completed';
    try {
      const attributes = {
        'reglament.job_type': type,
        'reglament.job_key': work.job.jobKey,
        'reglament.process_instance_key': work.job.processInstanceKey,
      };
      return await inSpan(`job ${type}`, { kind: SpanKind.CONSUMER, parent: 'root', attributes }, () => handler(work));
    } catch (error) {
      outcome = error instanceof BpmnError ? 'bpmn-error' : 'failed';
      throw error;
    } finally {
      metrics.connectorDone({ type, outcome, seconds: (performance.now() - began) / 1_000 });
    }
  };
}
