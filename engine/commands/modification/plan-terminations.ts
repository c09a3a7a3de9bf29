import type { Key } from '../../key.ts';
import type { Run } from '../../behaviors/run.ts';
import type { ProblemsFound } from './problems-found.ts';

/** Whether an element instance can be ended by hand; a problem says why not. */
export function checkTermination(run: Run, key: Key, problems: ProblemsFound): void {
  const element = run.draft.elements.get(key);
  if (element === undefined) {
    problems.add('', {
      message: `the element instance ${key} has ended or never existed in this process instance`,
      remedy: 'Name one that runs.',
    });
    return;
  }
  const { elementId, memory, scopeKey } = element;
  if (scopeKey === null) {
    problems.add(elementId, {
      message: `the process instance ${key} itself is no element of it`,
      remedy: 'Cancel it.',
    });
  } else if (memory?.undoneFor !== undefined || memory?.undoes !== undefined) {
    problems.add(elementId, {
      message: `"${elementId}" undoes something that another element waits for`,
      remedy: 'Terminate the event that has thrown the compensation.',
    });
  }
}
