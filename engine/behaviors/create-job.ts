import type { ElementInstance } from '../instance.ts';
import type { JobDefinition } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { evaluateInteger, evaluateText, mismatch } from './evaluate-value.ts';
import { takeKey, type Run } from './run.ts';

/** Beyond these a priority would hold back other work for longer than anybody plans for. */
const MAX_PRIORITY = 1_000;

/** Creates the job that a worker will do; type, retries and priority are evaluated now (`zeebe:taskDefinition`). */
export function createJob(run: Run, definition: JobDefinition, element: ElementInstance): void {
  const scopeKey = element.key;
  const type = evaluateText(run, { expression: definition.type, scopeKey, purpose: 'the job type' });
  const retries =
    definition.fixedRetries ??
    evaluateInteger(run, { expression: definition.retries, scopeKey, purpose: 'the job retries' });
  emit(run, {
    kind: 'jobCreated',
    job: {
      key: takeKey(run),
      elementInstanceKey: element.key,
      elementId: element.elementId,
      type,
      retries: Math.max(1, retries),
      priority: priorityOf(run, definition, element),
      headers: definition.headers,
      availableAt: run.now,
      errorMessage: null,
      createdAt: run.now,
    },
  });
}

function priorityOf(run: Run, definition: JobDefinition, { key: scopeKey }: ElementInstance): number {
  const expression = definition.priority ?? run.model.jobPriority;
  if (expression === undefined) return 0;
  const request = { expression, scopeKey, purpose: 'the job priority' };
  const value = evaluateInteger(run, request);
  if (Math.abs(value) <= MAX_PRIORITY) return value;
  throw mismatch(run, request, { expected: `from -${MAX_PRIORITY} to ${MAX_PRIORITY}`, value });
}
