import type { ElementInstance } from '../instance.ts';
import type { JobTask } from '../model/process-model.ts';
import { assertNever } from '../assert-never.ts';
import { completeElement } from './complete-element.ts';
import { createJob } from './create-job.ts';
import { decide } from './decide.ts';
import { evaluateValue } from './evaluate-value.ts';
import { takeResult } from './map-variables.ts';
import type { Run } from './run.ts';
import { sendMessage } from './send-message.ts';

/** Service, send, script and business-rule tasks differ in meaning, not in what may do their work. */
export function runImplementation(run: Run, node: JobTask, element: ElementInstance): void {
  const { implementation } = node;
  switch (implementation.kind) {
    case 'job':
      createJob(run, implementation.job, element);
      return;
    case 'script': {
      const value = evaluateValue(run, {
        expression: implementation.script,
        scopeKey: element.key,
        purpose: 'the script',
      });
      takeResult(run, node, element, { [implementation.resultVariable]: value });
      break;
    }
    case 'decision':
      takeResult(run, node, element, {
        [implementation.resultVariable]: decide(run, implementation.decision, element),
      });
      break;
    case 'message':
      sendMessage(run, implementation.message, { element, index: 0 });
      break;
    default:
      assertNever(implementation);
  }
  completeElement(run, element.key);
}
