import type { ElementInstance } from '../../instance.ts';
import type { Key } from '../../key.ts';
import type { FlowNode } from '../../model/process-model.ts';
import { living, outwards } from '../../behaviors/living.ts';
import type { Run } from '../../behaviors/run.ts';

/** The ids of the scopes around an element, the innermost first; the last is the process. */
export function scopePath(run: Run, node: FlowNode): readonly string[] {
  const path = [node.scopeId];
  for (let scope = run.model.nodes.get(node.scopeId); scope !== undefined; scope = run.model.nodes.get(scope.scopeId)) {
    path.push(scope.scopeId);
  }
  return path;
}

type FoundScope =
  /** `depth`: how many scopes of the path, from inside, do not run there. */
  { readonly baseKey: Key; readonly depth: number } | { readonly why: string; readonly remedy: string };

/** The innermost scope of the path that runs. Several of them are a question that the instruction must answer. */
export function findScopes(
  run: Run,
  path: readonly string[],
  { ancestorKey, within }: { readonly ancestorKey: Key | undefined; readonly within: Key | undefined },
): FoundScope {
  if (ancestorKey !== undefined) return findAncestor(run, path, ancestorKey);
  const lives = [...(within === undefined ? living(run) : outwards(run, within))].filter(isScopeItself);
  for (const [depth, scopeId] of path.entries()) {
    const candidates = lives.filter(({ elementId }) => elementId === scopeId);
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) return { baseKey: only.key, depth };
    if (candidates.length > 1) {
      return {
        why: `there are ${candidates.length} instances of "${scopeId}" in which it could start`,
        remedy: `Name one as ancestorElementInstanceKey: ${candidates.map(({ key }) => key).join(', ')}.`,
      };
    }
  }
  return { why: 'no scope around it runs', remedy: 'Activate an element of a scope that runs.' };
}

function findAncestor(run: Run, path: readonly string[], ancestorKey: Key): FoundScope {
  const ancestor = run.draft.elements.get(ancestorKey);
  const depth = ancestor === undefined ? -1 : path.indexOf(ancestor.elementId);
  if (ancestor === undefined) {
    return {
      why: `the ancestor ${ancestorKey} has ended or never existed in this process instance`,
      remedy: 'Name a scope that runs, or none.',
    };
  }
  if (depth < 0 || !isScopeItself(ancestor)) {
    return {
      why: `the ancestor ${ancestorKey} ("${ancestor.elementId}") is no scope around it`,
      remedy: `Name an instance of one of ${path.join(', ')}.`,
    };
  }
  return { baseKey: ancestorKey, depth };
}

/** A loop body bears the id of a scope without being it. */
function isScopeItself({ elementType, state }: ElementInstance): boolean {
  return elementType !== 'multiInstanceBody' && elementType !== 'adHocInnerInstance' && state === 'active';
}
