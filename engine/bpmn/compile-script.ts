import type { TaskImplementation } from '../model/process-model.ts';
import { variableNameOf } from './item-aware.ts';
import { elementOf, elementsOf, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

/** `zeebe:script`: FEEL with a result variable. */
export function compileScript(
  element: ModdleElement,
  script: ModdleElement,
  problems: ProblemList,
): TaskImplementation | null {
  const text = textOf(script, 'expression');
  const resultVariable = textOf(script, 'resultVariable');
  if (text === undefined || resultVariable === undefined) {
    problems.missing(element, 'script with a result variable', 'Give zeebe:script an expression and a resultVariable.');
    return null;
  }
  problems.variableName(element, 'result variable', resultVariable);
  return { kind: 'script', script: problems.expression(element, 'script', text), resultVariable };
}

/** The `script` of BPMN itself (2.0.2 §10.3.3) in the one language that runs here. */
export function isFeelScript(element: ModdleElement): boolean {
  const script = textOf(element, 'script');
  return script !== undefined && (script.startsWith('=') || /feel/i.test(formatOf(element)));
}

/**
 * BPMN names no result: the one data output of the task takes it; without one the entries of a context become variables,
 * and any other value is the variable named like the task (ADR 0013).
 */
export function compilePlainScript(element: ModdleElement, problems: ProblemList): TaskImplementation {
  const text = (textOf(element, 'script') ?? '').replace(/^=?/, '=');
  const script = problems.expression(element, 'script', text);
  const outputs = elementsOf(elementOf(element, 'ioSpecification'), 'dataOutputs');
  if (outputs[0] !== undefined && outputs.length === 1) {
    return { kind: 'script', script, resultVariable: variableNameOf(outputs[0]) };
  }
  const resultVariable = (element.id ?? '').replace(/[^\p{L}\p{N}_]/gu, '_');
  problems.assume(element, 'script-result', resultVariable);
  return { kind: 'script', script, resultVariable, contextAsVariables: true };
}

/** A script in a language that does not run here goes to the worker in the headers of its job. */
export function scriptHeadersOf(element: ModdleElement): Readonly<Record<string, string>> {
  const script = textOf(element, 'script');
  return script === undefined ? {} : { scriptFormat: formatOf(element), script };
}

function formatOf(element: ModdleElement): string {
  return textOf(element, 'scriptFormat') ?? textOf(element, 'scriptLanguage') ?? '';
}
