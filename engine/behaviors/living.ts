import type { ElementInstance } from '../instance.ts';
import type { Key } from '../key.ts';
import type { Run } from './run.ts';

/** Every element instance that lives, each scope before what is in it. */
export function* living(run: Run): Generator<ElementInstance> {
  const inside: Key[] = [run.draft.header.processInstanceKey];
  for (let key = inside.pop(); key !== undefined; key = inside.pop()) {
    const element = run.draft.elements.get(key);
    if (element !== undefined) yield element;
    // Not all at once: as arguments of one call they may be too many for the stack.
    for (const child of [...run.draft.childrenOf(key).keys()].reverse()) inside.push(child);
  }
}

/** An element instance and the scopes around it, the innermost first. */
export function* outwards(run: Run, key: Key): Generator<ElementInstance> {
  for (let at: Key | null = key; at !== null;) {
    const element = run.draft.elements.get(at);
    if (element === undefined) return;
    yield element;
    at = element.scopeKey;
  }
}
