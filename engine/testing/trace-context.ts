import type { EngineCommand } from '../command.ts';
import type { Instance } from '../instance.ts';
import type { JsonValue, VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import type { Simulation } from '../simulation/simulation.ts';

export interface TraceContext {
  readonly simulation: Simulation;
  readonly zone: string;
  /** What was last sent to one instance, for `again`. */
  last?: { readonly owner: Key; readonly command: EngineCommand };
}

export interface Pattern {
  /** How the command is written, for the message when a line matches none. */
  readonly usage: string;
  readonly regexp: RegExp;
  readonly run: (context: TraceContext, parts: readonly (string | undefined)[]) => string | undefined;
}

export const JSON_TAIL = '(?:\\s+(\\{.*\\}))?';
export const QUOTED = '"([^"]*)"';

export function pattern(body: string): RegExp {
  return new RegExp(`^${body}$`);
}

export function variables(json: string | undefined): VariableMap {
  return json === undefined ? {} : (JSON.parse(json) as Record<string, JsonValue>);
}

export function tell(context: TraceContext, owner: Key, command: EngineCommand): string | undefined {
  context.last = { owner, command };
  const told = context.simulation.tell(owner, command);
  return 'rejection' in told ? `REJECTED ${told.rejection.code}: ${told.rejection.message}` : undefined;
}

export function openTask(context: TraceContext, name: string): { owner: Key; row: Key } {
  return find(context, `an open user task "${name}"`, ({ userTasks }) =>
    [...userTasks.values()].find((task) => task.name === name || task.elementId === name),
  );
}

export function openJob(context: TraceContext, name: string): { owner: Key; row: Key } {
  return find(context, `an open job "${name}"`, ({ jobs }) =>
    [...jobs.values()].find((job) => job.type === name || job.elementId === name),
  );
}

/** The newest started instance of a process. */
export function instanceOf({ simulation }: TraceContext, processId: string): Key {
  const keys = [...simulation.instances.values()]
    .map(({ instance }) => instance.header)
    .filter((header) => header.processId === processId)
    .map((header) => header.processInstanceKey);
  const newest = keys.at(-1);
  if (newest === undefined) throw new Error(`Expected an instance of process "${processId}"`);
  return newest;
}

export function find(
  { simulation }: TraceContext,
  what: string,
  pick: (instance: Instance) => { readonly key: Key } | undefined,
): { owner: Key; row: Key } {
  for (const [owner, { instance }] of simulation.instances) {
    const row = pick(instance);
    if (row !== undefined) return { owner, row: row.key };
  }
  throw new Error(`Expected ${what}, but there is none`);
}
