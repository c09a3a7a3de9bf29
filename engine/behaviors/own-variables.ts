import type { ElementInstance } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import { nodeById, type Run } from './run.ts';

/** What input mappings and data inputs gave the element to send or to hand on; its properties are its own affair. */
export function ownVariables(run: Run, element: ElementInstance): VariableMap {
  const properties = nodeById(run, element.elementId).associations?.properties ?? [];
  const own = [...(run.draft.variables.get(element.key)?.values() ?? [])];
  return Object.fromEntries(
    own.filter(({ name }) => !properties.includes(name)).map(({ name, value }) => [name, value]),
  );
}
