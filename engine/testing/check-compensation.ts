import type { ElementInstance, Instance } from '../instance.ts';

/** Every record lies in a scope that lives, is undone just now, or is itself recorded; an ended root has none left. */
export function checkRecords({ header, elements, compensations }: Instance): void {
  const scopes = new Set([...elements.values()].map(({ key, memory }) => memory?.undoes ?? key));
  for (const { elementInstanceKey } of compensations.values()) scopes.add(elementInstanceKey);
  // A called process that has completed is kept under the call activity it answered.
  if (header.parent !== null && header.state === 'completed') scopes.add(header.parent.elementInstanceKey);
  for (const { key, elementId, scopeKey } of compensations.values()) {
    if (!scopes.has(scopeKey)) throw new Error(`Expected the record ${key} of ${elementId} to lie in a scope`);
  }
}

/** Whoever undoes waits for what it undoes now, or for its turn. */
export function isUndoing(instance: Instance, element: ElementInstance): boolean {
  const { elements } = instance;
  const works = ({ memory }: ElementInstance) => {
    const current = memory?.undoing?.current;
    return current !== undefined && current !== null && elements.has(current);
  };
  for (let at: ElementInstance | undefined = element; at !== undefined; at = elements.get(at.scopeKey ?? 0)) {
    if (works(at)) return true;
    // A scope that was stopped inside a canceled transaction is undone by that.
    if (at.state !== 'compensating') break;
  }
  return [...elements.values()].some((scope) => {
    const queue = (scope.memory?.throwers ?? []).filter((key) => elements.has(key));
    return queue.includes(element.key) && queue[0] !== element.key;
  });
}
