import { advance, type Execution } from '../advance.ts';
import { assertNever } from '../assert-never.ts';
import type { EngineCommand, StartInstance } from '../command.ts';
import type { DecisionModel } from '../decisions/decision-model.ts';
import type { Effect } from '../effect.ts';
import type { HistoryRecord } from '../history-event.ts';
import type { Instance } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import type { Library } from '../model/library.ts';
import type { EventStart, ProcessModel } from '../model/process-model.ts';
import type { Accepted, Rejection } from '../outcome.ts';
import type { CalendarSet } from '../time/build-calendar-set.ts';
import { simulatedLibrary } from './simulated-library.ts';

export interface SimulationOptions {
  readonly processes: readonly ProcessModel[];
  readonly decisions?: readonly DecisionModel[];
  /** Ids of forms that count as deployed. */
  readonly forms?: readonly string[];
  readonly calendars: CalendarSet;
  /** IANA zone; Europe/Moscow when absent. */
  readonly zone?: string;
  /** Epoch milliseconds at which the virtual clock starts. */
  readonly now: number;
}

/** As on the server: a process that calls itself for ever ends in an incident. */
const CALL_DEPTH_LIMIT = 20;
/** Commands that follow from one another without a pause: processes that send each other messages for ever. */
const FOLLOW_LIMIT = 500;
/** Timers due at one instant: a loop of timers of no length. */
const SAME_INSTANT_LIMIT = 100_000;

export interface SimulatedInstance {
  readonly instance: Instance;
  readonly history: readonly HistoryRecord[];
}

export type Told = { readonly rejection: Rejection } | { readonly records: readonly HistoryRecord[] };

interface BufferedMessage {
  readonly key: Key;
  readonly name: string;
  readonly correlationKey: string;
  readonly variables: VariableMap;
}

interface Receiver {
  readonly processInstanceKey: Key;
  readonly subscriptionKey: Key;
}

/**
 * Drives the interpreter in memory: called instances, messages and a virtual clock, no storage and no outside world.
 * The designer's test run and the scenario tests are this and nothing else, so there is no second interpreter.
 */
export class Simulation {
  readonly instances = new Map<Key, SimulatedInstance>();
  /** Deadline notices and other effects that leave the engine, in order. */
  readonly notices: Effect[] = [];
  now: number;
  #nextKey: Key = 1;
  #buffer: BufferedMessage[] = [];
  readonly #callDepths = new Map<Key, number>();
  #following = 0;
  readonly #options: SimulationOptions;
  readonly #library: Library;
  #observers: ((records: readonly HistoryRecord[], instance: Instance) => void)[] = [];

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.now = options.now;
    this.#library = simulatedLibrary(options);
  }

  /** Called after every accepted command with what it recorded. */
  observe(observer: (records: readonly HistoryRecord[], instance: Instance) => void): void {
    this.#observers.push(observer);
  }

  start(processId: string, variables: VariableMap = {}, startElementId?: string): Key {
    return this.#start(processId, variables, startElementId === undefined ? {} : { startElementId });
  }

  #startAt(processId: string, { elementId, definitionIndex }: EventStart, variables: VariableMap): void {
    this.#start(processId, variables, { startElementId: elementId, startDefinitionIndex: definitionIndex });
  }

  #start(
    processId: string,
    variables: VariableMap,
    at: Pick<StartInstance, 'startElementId' | 'startDefinitionIndex'>,
  ): Key {
    const key = this.#takeKey();
    const told = this.#run(key, processId, {
      kind: 'startInstance',
      processInstanceKey: key,
      processDefinitionKey: this.#definitionKey(processId),
      deploymentKey: 1,
      definitionVersion: 1,
      variables,
      ...at,
    });
    if ('rejection' in told) throw new Error(told.rejection.message);
    return key;
  }

  /** Sends a command to an instance and lets everything that follows from it happen. */
  tell(processInstanceKey: Key, command: EngineCommand): Told {
    const { header } = this.get(processInstanceKey).instance;
    return this.#run(processInstanceKey, header.processId, command);
  }

  /** Delivers to the oldest matching subscription, else starts a process by message, else waits in the buffer. */
  publish(name: string, correlationKey: string, variables: VariableMap = {}): void {
    const message = { key: this.#takeKey(), name, correlationKey, variables };
    const receiver = this.#receiverOf(message);
    if (receiver !== null) this.#deliver(message, receiver);
    else if (!this.#startByMessage(message)) this.#buffer.push(message);
  }

  /** Reaches every subscription that is open now, in all instances, and every signal start event (§10.5.1). */
  broadcast(name: string, variables: VariableMap = {}): void {
    const receivers = [...this.instances].flatMap(([processInstanceKey, { instance }]) =>
      [...instance.subscriptions.values()]
        .filter((one) => one.kind === 'signal' && one.signalName === name)
        .map(({ key }) => ({ processInstanceKey, subscriptionKey: key })),
    );
    const starts = this.#options.processes.flatMap((model) =>
      eventStartsOf(model)
        .filter(({ event }) => event.kind === 'signal' && event.name.text === name)
        .map((start) => ({ processId: model.processId, start })),
    );
    // One delivery may close the wait of another.
    for (const { processInstanceKey, subscriptionKey } of receivers) {
      this.tell(processInstanceKey, { kind: 'triggerSignal', subscriptionKey, variables });
    }
    for (const { processId, start } of starts) this.#startAt(processId, start, variables);
  }

  /** Moves the clock, firing every timer that falls due on the way at its own due time. */
  advanceTo(instant: number): void {
    let fires = 0;
    for (let due = this.#nextTimer(instant); due !== null; due = this.#nextTimer(instant)) {
      fires = due.dueAt > this.now ? 0 : fires + 1;
      if (fires > SAME_INSTANT_LIMIT)
        throw new Error(`Expected time to pass between timers, but ${fires} fired at once`);
      this.now = Math.max(this.now, due.dueAt);
      const told = this.tell(due.processInstanceKey, { kind: 'fireTimer', timerKey: due.timerKey });
      if ('rejection' in told) throw new Error(told.rejection.message);
    }
    this.now = Math.max(this.now, instant);
  }

  get(processInstanceKey: Key): SimulatedInstance {
    const found = this.instances.get(processInstanceKey);
    if (found === undefined) throw new Error(`Expected a process instance ${processInstanceKey}`);
    return found;
  }

  #run(key: Key, processId: string, command: EngineCommand): Told {
    const before = this.instances.get(key);
    const outcome = advance(this.#execution(processId), before?.instance ?? null, {
      ...command,
      now: this.now,
      firstKey: this.#nextKey,
      by: null,
    });
    if (!outcome.accepted) return { rejection: outcome.rejection };
    this.#nextKey = outcome.nextKey;
    this.instances.set(key, {
      instance: outcome.instance,
      history: [...(before?.history ?? []), ...outcome.history],
    });
    for (const observer of this.#observers) observer(outcome.history, outcome.instance);
    this.#follow(outcome);
    return { records: outcome.history };
  }

  #follow(outcome: Accepted): void {
    if (this.#following >= FOLLOW_LIMIT) {
      throw new Error(
        `Expected the processes to come to rest, but ${FOLLOW_LIMIT} commands followed from one another without a pause`,
      );
    }
    this.#following += 1;
    try {
      for (const effect of outcome.effects) this.#perform(effect);
      this.#drainBuffer();
    } finally {
      this.#following -= 1;
    }
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case 'startCalledInstance':
        this.#startCalled(effect);
        return;
      case 'cancelCalledInstance':
        this.tell(effect.processInstanceKey, { kind: 'cancelInstance', byParent: true });
        return;
      case 'completeCallActivity':
        this.tell(effect.processInstanceKey, { ...effect, kind: 'completeCalledInstance' });
        return;
      case 'throwErrorInParent':
        this.tell(effect.processInstanceKey, { ...effect, kind: 'throwCalledInstanceError' });
        return;
      case 'throwEscalationInParent':
        this.tell(effect.processInstanceKey, { ...effect, kind: 'throwCalledInstanceEscalation' });
        return;
      case 'broadcastSignal':
        this.broadcast(effect.name, effect.variables);
        return;
      case 'publishMessage':
        this.publish(effect.name, effect.correlationKey, effect.variables);
        return;
      case 'notifyDeadline':
        this.notices.push(effect);
        return;
      default:
        assertNever(effect);
    }
  }

  #startCalled(effect: Extract<Effect, { kind: 'startCalledInstance' }>): void {
    const called = this.#options.processes[effect.processDefinitionKey - 1];
    if (called === undefined) throw new Error(`Expected a process ${effect.processDefinitionKey}`);
    const depth = (this.#callDepths.get(effect.parentProcessInstanceKey) ?? 0) + 1;
    this.#callDepths.set(effect.processInstanceKey, depth);
    if (depth > CALL_DEPTH_LIMIT) {
      this.#rejectCalled(effect, `Expected at most ${CALL_DEPTH_LIMIT} processes that call one another`);
      return;
    }
    const told = this.#run(effect.processInstanceKey, called.processId, {
      kind: 'startInstance',
      processInstanceKey: effect.processInstanceKey,
      processDefinitionKey: effect.processDefinitionKey,
      deploymentKey: 1,
      definitionVersion: 1,
      variables: effect.variables,
      parent: {
        rootProcessInstanceKey: effect.rootProcessInstanceKey,
        processInstanceKey: effect.parentProcessInstanceKey,
        elementInstanceKey: effect.elementInstanceKey,
        catches: effect.catches,
      },
    });
    if ('rejection' in told) this.#rejectCalled(effect, told.rejection.message);
  }

  #rejectCalled(effect: Extract<Effect, { kind: 'startCalledInstance' }>, message: string): void {
    const { parentProcessInstanceKey, elementInstanceKey } = effect;
    this.tell(parentProcessInstanceKey, { kind: 'rejectCalledInstance', elementInstanceKey, message });
  }

  #receiverOf(message: BufferedMessage): Receiver | null {
    for (const [processInstanceKey, { instance }] of this.instances) {
      for (const one of instance.subscriptions.values()) {
        if (one.kind !== 'message') continue;
        if (one.messageName !== message.name || one.correlationKey !== message.correlationKey) continue;
        return { processInstanceKey, subscriptionKey: one.key };
      }
    }
    return null;
  }

  #deliver({ key, variables }: BufferedMessage, { processInstanceKey, subscriptionKey }: Receiver): void {
    this.tell(processInstanceKey, { kind: 'correlateMessage', subscriptionKey, messageKey: key, variables });
  }

  #startByMessage(message: BufferedMessage): boolean {
    for (const model of this.#options.processes) {
      for (const start of eventStartsOf(model)) {
        if (start.event.kind !== 'message' || start.event.message.name.text !== message.name) continue;
        this.#startAt(model.processId, start, message.variables);
        return true;
      }
    }
    return false;
  }

  /** A message leaves the buffer before it is delivered: what follows from it drains the buffer again. */
  #drainBuffer(): void {
    for (let at = 0; at < this.#buffer.length; at += 1) {
      const message = this.#buffer[at] as BufferedMessage;
      const receiver = this.#receiverOf(message);
      if (receiver === null) continue;
      this.#buffer.splice(at, 1);
      this.#deliver(message, receiver);
      at = -1;
    }
  }

  #nextTimer(until: number): { processInstanceKey: Key; timerKey: Key; dueAt: number } | null {
    let next: { processInstanceKey: Key; timerKey: Key; dueAt: number } | null = null;
    for (const [processInstanceKey, { instance }] of this.instances) {
      for (const timer of instance.timers.values()) {
        const sooner =
          next === null || timer.dueAt < next.dueAt || (timer.dueAt === next.dueAt && timer.key < next.timerKey);
        if (timer.dueAt <= until && sooner) next = { processInstanceKey, timerKey: timer.key, dueAt: timer.dueAt };
      }
    }
    return next;
  }

  #execution(processId: string): Execution {
    const model = this.#options.processes.find((process) => process.processId === processId);
    if (model === undefined) throw new Error(`Expected a process "${processId}"`);
    return { model, library: this.#library };
  }

  #definitionKey(processId: string): Key {
    return this.#options.processes.findIndex((process) => process.processId === processId) + 1;
  }

  #takeKey(): Key {
    this.#nextKey += 1;
    return this.#nextKey - 1;
  }
}

function eventStartsOf(model: ProcessModel): readonly EventStart[] {
  return model.scopes.get(model.processId)?.eventStarts ?? [];
}
