import type { ElementInstance } from '../instance.ts';
import type { JsonValue } from '../json.ts';
import type { Key } from '../key.ts';
import type { Associations, OutputSet } from '../model/association.ts';
import type { FlowNode } from '../model/process-model.ts';
import { carryAssociations } from './carry-associations.ts';
import type { Run } from './run.ts';
import { Stuck } from './stuck.ts';
import { propagateVariables } from './write-variables.ts';

/**
 * Checks the output sets and evaluates the output associations (BPMN 2.0.2 §10.4.2, §13.3.2); the answer writes them
 * around the element. Null where there are none.
 */
export function planOutputs(run: Run, node: FlowNode, element: ElementInstance): (() => void) | null {
  const { associations } = node;
  if (associations === undefined || element.scopeKey === null) return null;
  return planAssociated(run, node, { element, associations, scopeKey: element.scopeKey });
}

interface Giving {
  readonly element: ElementInstance;
  readonly associations: Associations;
  readonly scopeKey: Key;
}

function planAssociated(run: Run, node: FlowNode, { element, associations, scopeKey }: Giving): () => void {
  const allowed = associations.inputSets[element.memory?.inputSet ?? 0]?.outputSets;
  const sets = associations.outputSets.filter((_, index) => allowed?.includes(index) !== false);
  const local = run.draft.variables.get(element.key);
  const missing = missingOutputs(sets, (name) => local?.get(name)?.value);
  if (missing !== null) throw notFilled(node.name || node.id, missing);
  const values = carryAssociations(run, associations.outputs, {
    scopeKey: element.key,
    targetKey: scopeKey,
    what: 'the data output association',
  });
  return () => propagateVariables(run, scopeKey, values);
}

/** Null when an output set is filled, or none is asked for; else what the first of them misses. */
export function missingOutputs(
  sets: readonly OutputSet[],
  read: (name: string) => JsonValue | undefined,
): readonly string[] | null {
  const missing = sets.map(({ required }) => required.filter((name) => (read(name) ?? null) === null));
  return missing.length === 0 || missing.some((names) => names.length === 0) ? null : (missing[0] ?? null);
}

export function notFilled(name: string, missing: readonly string[]): Stuck {
  const what = `Expected "${name}" to fill an output set, but it left ${missing.join(', ')} empty`;
  return new Stuck('IO_MAPPING_ERROR', what);
}
