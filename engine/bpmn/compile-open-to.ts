import type { Audience, StartEvent } from '../model/process-model.ts';
import type { NodeParts } from './compile-node.ts';
import type { ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** `zeebe:property` of a start event: who may start the process by its form without an account of the house (ADR 0023). */
export const OPEN_TO = 'reglament:openTo';
const AUDIENCES: readonly Audience[] = ['anyone', 'contractors'];

/**
 * A word that is not one of the two is refused: read as "nobody" it would close a form that an analyst believes to be open, and
 * read as anything else it would open one.
 */
export function compileOpenTo(
  element: ModdleElement,
  { properties, form, isNone }: Pick<NodeParts, 'properties'> & Pick<StartEvent, 'form'> & { readonly isNone: boolean },
  problems: ProblemList,
): readonly Audience[] | undefined {
  const text = properties[OPEN_TO];
  if (text === undefined) return undefined;
  const words = audiencesIn(text);
  const unknown = words.find((word) => !AUDIENCES.includes(word as Audience));
  if (unknown !== undefined) {
    problems.add(element, {
      code: 'invalid-property',
      message: `The property ${OPEN_TO} of ${titleOf(element)} names "${unknown}".`,
      remedy: `Use ${AUDIENCES.join(', ')} or both, divided by a comma.`,
    });
    return undefined;
  }
  if (!isNone || form === undefined) {
    problems.missing(element, 'form', `Only a none start event of the process with a form may have ${OPEN_TO}.`);
    return undefined;
  }
  return [...new Set(words as readonly Audience[])];
}

/** The words of the property, known or not. */
export function audiencesIn(text: string): readonly string[] {
  return text.split(',').map((word) => word.trim());
}
