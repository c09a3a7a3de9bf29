import type { ElementInstance } from '../instance.ts';
import type { JsonValue, VariableMap } from '../json.ts';
import type { JobTask, TaskImplementation } from '../model/process-model.ts';
import { assertNever } from '../assert-never.ts';
import { badNameIn, whyBadName } from '../bad-name-in.ts';
import { completeElement } from './complete-element.ts';
import { createJob } from './create-job.ts';
import { decide } from './decide.ts';
import { evaluateValue } from './evaluate-value.ts';
import { takeResult } from './map-variables.ts';
import { planById, type Run } from './run.ts';
import { sendMessage } from './send-message.ts';
import { Stuck } from './stuck.ts';

type Script = Extract<TaskImplementation, { kind: 'script' }>;

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
      takeResult(run, planById(run, node.id), element, resultOf(implementation, value));
      break;
    }
    case 'decision':
      takeResult(run, planById(run, node.id), element, {
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

/** Plain BPMN names no result of a script: a context says by its entries which variables it sets (ADR 0013). */
function resultOf({ resultVariable, contextAsVariables }: Script, value: JsonValue): VariableMap {
  if (contextAsVariables !== true) return { [resultVariable]: value };
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return { [resultVariable]: value };
  const variables = value as VariableMap;
  const badName = badNameIn(variables);
  if (badName === null) return variables;
  throw new Stuck('EXTRACT_VALUE_ERROR', `${whyBadName(badName)} in the context that the script gave`);
}
