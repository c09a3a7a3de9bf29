import type { ProcessModel, ResourceReference } from '#engine';
import type { Definition, DefinitionKind } from '../runtime/catalog.ts';
import type { Definitions } from '../runtime/definitions.ts';

/**
 * What must be deployed again with a process because it, or what it calls so, uses it in the version of its own deployment
 * (`bindingType="deployment"`). Each as it stands now: deploying the file of the former deployment again would make an old form
 * the latest one for everybody else (ADR 0024).
 */
export async function boundAlong(
  definitions: Definitions,
  processes: readonly ProcessModel[],
): Promise<readonly Definition[]> {
  const { catalog } = definitions;
  const found = new Map<string, Definition>();
  const rest = [...processes];
  for (let process = rest.pop(); process !== undefined; process = rest.pop()) {
    for (const [kind, id] of boundReferences(process)) {
      const latest = catalog.latest(kind, id);
      if (latest === undefined || found.has(`${kind} ${id}`)) continue;
      found.set(`${kind} ${id}`, latest);
      if (kind === 'process') rest.push((await definitions.execution(latest.definitionKey)).model);
    }
  }
  return [...found.values()];
}

function boundReferences({ nodes }: ProcessModel): readonly (readonly [DefinitionKind, string])[] {
  const found: (readonly [DefinitionKind, string])[] = [];
  const add = (kind: DefinitionKind, reference: ResourceReference | undefined): void => {
    if (reference?.bindingType === 'deployment' && reference.id.static) found.push([kind, reference.id.text]);
  };
  for (const node of nodes.values()) {
    if ('form' in node) add('form', node.form);
    if ('called' in node) add('process', node.called);
    if ('implementation' in node && node.implementation.kind === 'decision')
      add('decision', node.implementation.decision);
  }
  return found;
}
