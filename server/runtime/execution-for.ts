import type { EngineCommand, Execution } from '#engine';
import type { Definitions } from './definitions.ts';

/** What a command runs against: the version of its instance; for a migration the target, with the model it comes from. */
export async function executionFor(
  command: EngineCommand,
  current: Execution,
  definitions: Definitions,
): Promise<Execution> {
  if (command.kind !== 'migrateInstance') return current;
  return { ...(await definitions.execution(command.processDefinitionKey)), migratesFrom: current.model };
}
