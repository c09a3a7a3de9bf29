import type { ElementInstance } from '../instance.ts';
import type { JobDefinition } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { evaluateInteger, evaluateText } from './evaluate-value.ts';
import { takeKey, type Run } from './run.ts';

/** Creates the job that a worker will do; type and retries are evaluated now (`zeebe:taskDefinition`). */
export function createJob(run: Run, definition: JobDefinition, element: ElementInstance): void {
  const scopeKey = element.key;
  const type = evaluateText(run, { expression: definition.type, scopeKey, purpose: 'the job type' });
  const retries = evaluateInteger(run, { expression: definition.retries, scopeKey, purpose: 'the job retries' });
  emit(run, {
    kind: 'jobCreated',
    job: {
      key: takeKey(run),
      elementInstanceKey: element.key,
      elementId: element.elementId,
      type,
      retries: Math.max(1, retries),
      headers: definition.headers,
      availableAt: run.now,
      errorMessage: null,
      createdAt: run.now,
    },
  });
}
