import type { VariableMapping } from '../model/process-model.ts';
import { textOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** A variable name or a dotted path; `__proto__` is not a name. */
const TARGET = /^(?!.*__proto__)[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

export function compileMappings(
  element: ModdleElement,
  parameters: readonly ModdleElement[],
  problems: ProblemList,
): readonly VariableMapping[] {
  return parameters.map((parameter) => {
    const target = textOf(parameter, 'target') ?? '';
    if (!TARGET.test(target)) {
      problems.add(element, {
        code: 'invalid-mapping',
        message: `${titleOf(element)} maps to "${target}", which is not a variable name.`,
        remedy: 'Use letters, digits and _, with dots between the parts of a path.',
      });
    }
    return {
      source: problems.expression(element, `mapping to "${target}"`, textOf(parameter, 'source') ?? ''),
      target,
    };
  });
}
