import type { JobTask, TaskImplementation } from '../model/process-model.ts';
import { compileReference } from './compile-form.ts';
import { compileJob } from './compile-job.ts';
import { compileMessage } from './compile-message.ts';
import { compilePlainScript, compileScript, isFeelScript } from './compile-script.ts';
import { linksOf, messageNamedBy } from './message-links.ts';
import { extensionOf, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

/** What does the work of a service, send, script or business rule task; a job for a worker where nothing else is said. */
export function compileImplementation(
  element: ModdleElement,
  type: JobTask['type'],
  problems: ProblemList,
): TaskImplementation | null {
  const messageRef = messageNamedBy(element);
  const script = extensionOf(element, 'zeebe:Script');
  const decision = extensionOf(element, 'zeebe:CalledDecision');
  const hasJob = extensionOf(element, 'zeebe:TaskDefinition') !== undefined;
  if (hasJob && (script !== undefined || decision !== undefined)) {
    problems.unsupported(element, 'A job type beside a script or decision', 'Keep one of them.');
  }
  if (script !== undefined && textOf(element, 'script') !== undefined) {
    problems.unsupported(element, 'A script of BPMN beside zeebe:script', 'Keep one of them.');
  }
  if (script !== undefined && !hasJob) return compileScript(element, script, problems);
  if (decision === undefined && !hasJob && isFeelScript(element)) return compilePlainScript(element, problems);
  if (decision !== undefined && !hasJob) return compileDecision(element, decision, problems);
  if (type === 'sendTask' && (messageRef !== undefined || linksOf(element).length > 0) && !hasJob) {
    return { kind: 'message', message: compileMessage(element, messageRef, { keyed: false, problems }) };
  }
  const job = compileJob(element, problems);
  return job === null ? null : { kind: 'job', job };
}

function compileDecision(
  element: ModdleElement,
  decision: ModdleElement,
  problems: ProblemList,
): TaskImplementation | null {
  const id = textOf(decision, 'decisionId');
  const resultVariable = textOf(decision, 'resultVariable');
  if (id === undefined || resultVariable === undefined) {
    problems.missing(
      element,
      'decision with a result variable',
      'Give zeebe:calledDecision a decisionId and a resultVariable.',
    );
    return null;
  }
  problems.variableName(element, 'result variable', resultVariable);
  return {
    kind: 'decision',
    decision: compileReference(element, decision, { what: 'decision id', id, problems }),
    resultVariable,
  };
}
