import { ID_PATTERN } from '../xml/id-pattern.ts';
import type { ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

export const ID_REMEDY =
  'Give it an id of letters, digits, _ . - that begins with a letter or _, at most 100 characters.';

export function checkId(element: ModdleElement, problems: ProblemList): void {
  if (element.id !== undefined && ID_PATTERN.test(element.id)) return;
  problems.add(element, {
    code: 'invalid-id',
    message: `${titleOf(element)} has no valid id.`,
    remedy: ID_REMEDY,
  });
}
