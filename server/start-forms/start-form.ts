import { evaluate, type Audience, type Key, type TaskBinding } from '#engine';
import type { CompiledForm, Definitions } from '../runtime/definitions.ts';

/** The form of a none start event, with what it lets a person read and write, and who may fill it. */
export interface StartForm {
  readonly form: CompiledForm;
  readonly binding: TaskBinding;
  /** Besides the people of the house (ADR 0023). */
  readonly openTo: readonly Audience[];
}

/** The form that starts a process by hand: that of its none start event; null when there is none, or none deployed. */
export async function startForm(definitions: Definitions, processDefinitionKey: Key): Promise<StartForm | null> {
  const { model, library } = await definitions.execution(processDefinitionKey);
  const startId = model.scopes.get(model.processId)?.noneStartId;
  const start = startId === undefined ? undefined : model.nodes.get(startId);
  if (start?.type !== 'startEvent' || start.form === undefined) return null;
  const { id, bindingType, versionTag, binding = {} } = start.form;
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
  if (found === undefined) return null;
  return { form: await definitions.form(found.formKey), binding, openTo: start.openTo ?? [] };
}
