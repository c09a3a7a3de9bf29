import type { MessageDefinition } from '../model/process-model.ts';
import { extensionOf, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

export interface MessageOptions {
  /** A catch event needs a correlation key (`zeebe:subscription`); a process start and a throw do not. */
  readonly keyed: boolean;
  readonly problems: ProblemList;
}

export function compileMessage(
  element: ModdleElement,
  message: ModdleElement | undefined,
  { keyed, problems }: MessageOptions,
): MessageDefinition | null {
  const name = textOf(message, 'name');
  if (message === undefined || name === undefined) {
    problems.missing(element, 'message name', 'Choose a message and give it a name.');
    return null;
  }
  const key = textOf(extensionOf(message, 'zeebe:Subscription'), 'correlationKey');
  if (keyed && key === undefined) {
    problems.missing(element, 'correlation key', 'Give the message a correlation key such as "=caseNumber".');
  }
  const correlationKey = problems.optionalExpression(element, 'correlation key', key);
  return {
    name: problems.expression(element, 'message name', name),
    ...(correlationKey === undefined ? {} : { correlationKey }),
  };
}
