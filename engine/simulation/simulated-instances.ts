import { advance } from '../advance.ts';
import type { EngineCommand } from '../command.ts';
import type { HistoryRecord } from '../history-event.ts';
import type { Instance } from '../instance.ts';
import type { Key } from '../key.ts';
import type { ProcessModel } from '../model/process-model.ts';
import type { Accepted, Changes, Outcome } from '../outcome.ts';
import type { SimulatedLibrary } from './simulated-library.ts';

export interface SimulatedInstance {
  readonly instance: Instance;
  /** Grows with every accepted command. */
  readonly history: readonly HistoryRecord[];
}

/** Told of each accepted command: what it recorded, what it led to, and which rows that changed. */
export type Observer = (records: readonly HistoryRecord[], instance: Instance, changes: Changes) => void;

/** A table of an instance in which rows are looked for by their key alone. */
type RowTable = 'elements' | 'jobs' | 'userTasks' | 'incidents';

/** The instances in memory, with the clock and the keys that the interpreter has not. */
export class SimulatedInstances {
  now: number;
  readonly all = new Map<Key, SimulatedInstance>();
  readonly #histories = new Map<Key, HistoryRecord[]>();
  readonly #library: SimulatedLibrary;
  readonly #observers: Observer[] = [];
  #nextKey: Key = 1;

  constructor(library: SimulatedLibrary, now: number) {
    this.#library = library;
    this.now = now;
  }

  observe(observer: Observer): void {
    this.#observers.push(observer);
  }

  takeKey(): Key {
    this.#nextKey += 1;
    return this.#nextKey - 1;
  }

  get(processInstanceKey: Key): SimulatedInstance | undefined {
    return this.all.get(processInstanceKey);
  }

  /** The version an instance was started with stays its own. */
  modelOf({ header }: Instance): ProcessModel {
    return this.#library.processByKey(header.processDefinitionKey).model;
  }

  /** The instance in which an open row of this key is. */
  ownerOf(table: RowTable, rowKey: Key): Key | undefined {
    for (const [key, { instance }] of this.all) if (instance[table].has(rowKey)) return key;
    return undefined;
  }

  /** The timer that is due first, until then; of equal ones the older. */
  nextTimer(until: number): { processInstanceKey: Key; timerKey: Key; dueAt: number } | null {
    let next: { processInstanceKey: Key; timerKey: Key; dueAt: number } | null = null;
    for (const [processInstanceKey, { instance }] of this.all) {
      if (instance.header.suspendedAt !== null) continue;
      for (const { key: timerKey, dueAt } of instance.timers.values()) {
        const sooner = next === null || dueAt < next.dueAt || (dueAt === next.dueAt && timerKey < next.timerKey);
        if (dueAt <= until && sooner) next = { processInstanceKey, timerKey, dueAt };
      }
    }
    return next;
  }

  /** One step of the interpreter; what follows from its effects is up to the caller. */
  execute(key: Key, command: EngineCommand): Outcome {
    const before = this.all.get(key)?.instance ?? null;
    const names = command.kind === 'startInstance' || command.kind === 'migrateInstance';
    const definitionKey = names ? command.processDefinitionKey : before?.header.processDefinitionKey;
    if (definitionKey === undefined) throw new Error(`Expected a process instance ${key}`);
    const { model } = this.#library.processByKey(definitionKey);
    const context = { now: this.now, firstKey: this.#nextKey, by: null };
    const from = command.kind === 'migrateInstance' && before !== null ? { migratesFrom: this.modelOf(before) } : {};
    const outcome = advance({ model, library: this.#library, ...from }, before, { ...command, ...context });
    if (!outcome.accepted) return outcome;
    this.#nextKey = outcome.nextKey;
    this.#record(key, outcome);
    return outcome;
  }

  /** An instance of many steps must not copy its history at each of them. */
  #record(key: Key, { instance, history: records, changes }: Accepted): void {
    const history = this.#histories.get(key) ?? [];
    this.#histories.set(key, history);
    for (const record of records) history.push(record);
    this.all.set(key, { instance, history });
    for (const observer of this.#observers) observer(records, instance, changes);
  }
}
