import { evaluate, type Accepted, type Execution, type JsonValue } from '#engine';

/**
 * The title of a case by `reglament:caseView` of its process: FEEL over the variables of the root scope. Undefined when
 * the process has none, when no variable changed, or when the expression gives no text yet; then the title stays.
 */
export function caseTitle({ model, library }: Execution, accepted: Accepted, now: number): string | undefined {
  const title = model.caseView?.title;
  if (title === undefined) return undefined;
  const changed = accepted.history.some(
    ({ event }) => event.kind === 'variableCreated' || event.kind === 'variableUpdated',
  );
  if (!changed) return undefined;
  const scope = accepted.instance.variables.get(accepted.instance.header.processInstanceKey);
  if (scope === undefined) return undefined;
  const variables = {
    get: (name: string): JsonValue | undefined => scope.get(name)?.value,
    toContext: () => Object.fromEntries([...scope.values()].map(({ name, value }) => [name, value])),
  };
  const result = evaluate(title, { variables, now, zone: library.zone, calendars: library.calendars });
  return result.ok && typeof result.value === 'string' && result.value !== '' ? result.value.slice(0, 500) : undefined;
}
