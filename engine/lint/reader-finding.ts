import type { BpmnProblem } from '../bpmn/invalid-bpmn.ts';
import type { LintFinding } from './lint-finding.ts';
import { titleOf } from './lint-rule.ts';
import { READER_TEXTS, readerMessage, UNKNOWN_PROBLEM } from './reader-texts.ts';

/** A problem for which a reader refuses a file, as lint tells it: always an error. */
export function readerFinding(problem: Omit<BpmnProblem, 'line'> & { readonly line?: number | null }): LintFinding {
  const { code, elementId, elementName, message, remedy, line = null } = problem;
  const title = elementId === null ? null : titleOf({ id: elementId, name: elementName ?? '' });
  return {
    rule: 'reader-problems',
    code,
    severity: 'error',
    processId: null,
    elementId,
    elementName: elementName === '' ? null : elementName,
    line,
    message: readerMessage(code, title, message),
    remedy: { ru: (READER_TEXTS[code] ?? UNKNOWN_PROBLEM).remedy, en: remedy },
    path: [],
  };
}
