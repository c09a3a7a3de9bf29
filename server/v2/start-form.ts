import { evaluate, type Key } from '#engine';
import type { CompiledForm, Definitions } from '../runtime/definitions.ts';

/** The form that starts a process by hand: that of its none start event; null when there is none, or none deployed. */
export async function startForm(definitions: Definitions, processDefinitionKey: Key): Promise<CompiledForm | null> {
  const { model, library } = await definitions.execution(processDefinitionKey);
  const startId = model.scopes.get(model.processId)?.noneStartId;
  const start = startId === undefined ? undefined : model.nodes.get(startId);
  if (start?.type !== 'startEvent' || start.form === undefined) return null;
  const { id, bindingType, versionTag } = start.form;
  // Before the start there are no variables, so only an id that needs none can be told.
  const variables = { get: () => undefined, toContext: () => ({}) };
  const result = evaluate(id, { variables, now: 0, zone: definitions.zone, calendars: definitions.calendars });
  if (!result.ok || typeof result.value !== 'string') return null;
  const { deploymentKey } = definitions.catalog.byKey(processDefinitionKey)!;
  const found = library.findForm({
    id: result.value,
    bindingType,
    deploymentKey,
    ...(versionTag === undefined ? {} : { versionTag }),
  });
  return found === undefined ? null : definitions.form(found.formKey);
}
