import type { Expression } from '../expressions/expression.ts';
import type { JobDefinition } from '../model/process-model.ts';
import { scriptHeadersOf } from './compile-script.ts';
import { elementsOf, extensionOf, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';
import { readRetries } from './read-retries.ts';

/**
 * `zeebe:taskDefinition`, `zeebe:taskHeaders` and `zeebe:jobPriorityDefinition`: what a job worker needs to know. In plain
 * BPMN the work is named by the id of its task, and a script that does not run here goes along (ADR 0013).
 */
export function compileJob(element: ModdleElement, problems: ProblemList): JobDefinition | null {
  const definition = extensionOf(element, 'zeebe:TaskDefinition');
  const type = definition === undefined ? element.id : textOf(definition, 'type');
  const script = scriptHeadersOf(element);
  if (definition === undefined) {
    problems.assume(element, script['script'] === undefined ? 'job-type' : 'script-job', type ?? '');
  }
  if (type === undefined) {
    problems.missing(element, 'job type', 'Give it a zeebe:taskDefinition with a type.');
    return null;
  }
  const headers = headersOf(element);
  const { retries, delays } = readRetries(element, { text: textOf(definition, 'retries'), headers, problems });
  const priority = compileJobPriority(element, problems);
  return {
    type: problems.expression(element, 'job type', type),
    retries: problems.expression(element, 'job retries', retries),
    ...(/^\d{1,9}$/.test(retries) ? { fixedRetries: Number(retries) } : {}),
    ...(delays.length === 0 ? {} : { retryDelays: delays }),
    ...(priority === undefined ? {} : { priority }),
    headers: { ...script, ...headers },
  };
}

/** `zeebe:jobPriorityDefinition` of an element, or of the process for all its jobs. */
export function compileJobPriority(element: ModdleElement, problems: ProblemList): Expression | undefined {
  const text = textOf(extensionOf(element, 'zeebe:JobPriorityDefinition'), 'priority');
  return problems.optionalExpression(element, 'job priority', text);
}

/** `zeebe:taskHeaders`: constants for whoever does the work. */
export function headersOf(element: ModdleElement): Readonly<Record<string, string>> {
  const headers = elementsOf(extensionOf(element, 'zeebe:TaskHeaders'), 'values');
  return Object.fromEntries(headers.map((header) => [textOf(header, 'key') ?? '', textOf(header, 'value') ?? '']));
}
