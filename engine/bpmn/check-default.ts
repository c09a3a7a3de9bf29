import { flowsOf } from './flows-of.ts';
import { elementOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** BPMN 2.0.2 tables 10.3, 10.103, 10.104, 10.106: the default flow is one of the element's own. */
export function checkDefault(element: ModdleElement, problems: ProblemList): void {
  const fallback = elementOf(element, 'default')?.id;
  if (fallback === undefined || flowsOf(element, 'outgoing').some((flow) => flow.id === fallback)) return;
  problems.add(element, {
    code: 'dangling-flow',
    message: `The default flow ${fallback} does not leave ${titleOf(element)}.`,
    remedy: 'Make one of its own outgoing flows the default.',
  });
}
