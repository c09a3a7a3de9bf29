import { readBpmn } from '../bpmn/read-bpmn.ts';
import type { EngineCommand } from '../command.ts';
import type { HistoryRecord } from '../history-event.ts';
import type { Instance } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import type { Rejection } from '../outcome.ts';
import { Simulation } from '../simulation/simulation.ts';
import { buildBpmn, type ProcessSpec } from '../testing/build-bpmn.ts';
import { shippedCalendars } from '../time/test/shipped-calendars.ts';

/** Tuesday 3 November 2026, 09:00 in Moscow. */
export const NINE = Date.UTC(2026, 10, 3, 6);

export async function simulationOf(...processes: readonly ProcessSpec[]): Promise<Simulation> {
  const { processes: models } = await readBpmn(buildBpmn(...processes));
  return new Simulation({ processes: models, calendars: shippedCalendars, now: NINE });
}

/** A running instance with what a test asks of it. */
export interface Started {
  readonly simulation: Simulation;
  readonly key: Key;
  instance(): Instance;
  /** Sends a command that must be accepted. */
  tell(command: EngineCommand): readonly HistoryRecord[];
  /** Sends a command that must be rejected. */
  refused(command: EngineCommand): Rejection;
}

export async function start(process: ProcessSpec, variables: VariableMap = {}): Promise<Started> {
  const simulation = await simulationOf(process);
  const key = simulation.start(process.id, variables);
  return {
    simulation,
    key,
    instance: () => simulation.get(key).instance,
    tell(command) {
      const told = simulation.tell(key, command);
      if ('rejection' in told) throw new Error(told.rejection.message);
      return told.records;
    },
    refused(command) {
      const told = simulation.tell(key, command);
      if ('rejection' in told) return told.rejection;
      throw new Error(`Expected ${command.kind} to be rejected, but it was accepted`);
    },
  };
}

export function only<Row>(table: { values(): Iterable<Row>; readonly size: number }): Row {
  const [row] = table.values();
  if (row === undefined || table.size !== 1) throw new Error(`Expected one row, but there are ${table.size}`);
  return row;
}
