import type { Key } from '#engine';
import type { Definitions } from '../runtime/definitions.ts';

/** Name of an element as drawn, by process definition; its id where the author gave it no name. */
export type ElementNames = (processDefinitionKey: Key, elementId: string) => string;

export async function elementNames(definitions: Definitions, keys: readonly Key[]): Promise<ElementNames> {
  const models = new Map<Key, Awaited<ReturnType<Definitions['execution']>>['model']>();
  for (const key of new Set(keys)) models.set(key, (await definitions.execution(key)).model);
  return (key, elementId) => {
    const model = models.get(key);
    if (model === undefined) return elementId;
    if (model.processId === elementId) return model.name || elementId;
    return model.nodes.get(elementId)?.name || elementId;
  };
}
