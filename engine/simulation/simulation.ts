import type { EngineCommand, MigrateInstance, ModifyInstance } from '../command.ts';
import { mappingById } from '../mapping-by-id.ts';
import type { Effect } from '../effect.ts';
import { explainInstance } from '../explain/explain-instance.ts';
import type { InstanceExplanation } from '../explain/explanation.ts';
import type { HistoryRecord } from '../history-event.ts';
import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import type { Rejection } from '../outcome.ts';
import { addDuration } from '../time/add-duration.ts';
import type { CalendarSet } from '../time/build-calendar-set.ts';
import { parseDuration } from '../time/parse-duration.ts';
import { parseInstant } from '../time/parse-instant.ts';
import { CommandRefused } from './command-refused.ts';
import { copyVariables } from './copy-variables.ts';
import { listJobs, listUserTasks, type JobFilter, type JobRow } from './list-work.ts';
import type { UserTaskFilter, UserTaskRow } from './list-work.ts';
import type { Publication } from './message-delivery.ts';
import { readDeployment } from './read-deployment.ts';
import type { Observer, SimulatedInstance } from './simulated-instances.ts';
import type { DeployedModels } from './simulated-library.ts';
import { Stage } from './stage.ts';
import { viewInstance, type InstanceView } from './view-instance.ts';

export interface SimulationOptions extends DeployedModels {
  /** Business calendars; none when absent, which is enough for models without deadlines in working time. */
  readonly calendars?: CalendarSet;
  /** IANA zone of dates without one; Europe/Moscow when absent. */
  readonly zone?: string;
  /** Epoch milliseconds at which the virtual clock starts; 1 January 2026, 00:00 UTC when absent. */
  readonly now?: number;
}

export type Told = { readonly rejection: Rejection } | { readonly records: readonly HistoryRecord[] };

const NEW_YEAR_2026 = 1_767_225_600_000;
/** How long a message is kept when its publisher does not say, as for one that a process sends. */
const DEFAULT_TIME_TO_LIVE = 'P7D';
/** Timers due at one instant: a loop of timers of no length. */
const SAME_INSTANT_LIMIT = 100_000;

const ROW_NAMES = {
  elements: 'an active instance or element instance',
  jobs: 'an open job',
  userTasks: 'an open user task',
  incidents: 'an open incident',
} as const;

/**
 * Drives the interpreter in memory: several deployed models, called instances, messages, signals and a virtual clock; no
 * storage and no outside world. The designer's test run and the scenario tests are this and nothing else, so there is no
 * second interpreter. Each verb returns when everything that follows from it has happened; what cannot be done throws
 * `CommandRefused` and changes nothing. `engine/README.md` shows it at work. As long as the list of its verbs: each only puts one
 * into a command, what happens is on the stage.
 */
export class Simulation {
  readonly #stage: Stage;

  constructor(options: SimulationOptions = {}) {
    this.#stage = new Stage({ ...options, now: options.now ?? NEW_YEAR_2026 });
    this.#stage.deploy(options);
  }

  /** The virtual clock, in epoch milliseconds. Setting it lets time pass as if the machine had been off: no timer fires. */
  get now(): number {
    return this.#stage.instances.now;
  }
  set now(instant: number) {
    this.#stage.instances.now = instant;
  }

  get instances(): ReadonlyMap<Key, SimulatedInstance> {
    return this.#stage.instances.all;
  }

  /** Deadline notices, in order. */
  get notices(): readonly Effect[] {
    return this.#stage.notices;
  }

  /** Called after every accepted command with what it recorded. */
  observe(observer: Observer): void {
    this.#stage.instances.observe(observer);
  }

  /**
   * Deploys BPMN and DMN texts, and ids of forms that the models refer to, together: all of them or none. A process id
   * deployed again gets version 2: it is started from then on, running instances keep theirs.
   * Returns the ids of the processes. Rejects with InvalidBpmn or InvalidDmn, which list every problem.
   */
  async deploy(...texts: readonly string[]): Promise<readonly string[]> {
    return this.deployModels(await readDeployment(texts));
  }

  /** As `deploy`, with what is compiled already. @throws InvalidBpmn for a start event whose expression gives nothing */
  deployModels(models: DeployedModels): readonly string[] {
    const deployed = this.#stage.deploy(models);
    this.#stage.settle();
    return deployed.map(({ model }) => model.processId);
  }

  /** Starts the newest version at its none start event, or at the start event named. @returns the instance key */
  start(processId: string, variables: VariableMap = {}, startElementId?: string): Key {
    const process = this.#stage.library.latestProcess(processId);
    if (process === undefined) {
      throw new CommandRefused('UNKNOWN_PROCESS', `Expected a process "${processId}", but none is deployed`);
    }
    const key = this.#stage.begin(
      process,
      copyVariables(variables),
      startElementId === undefined ? {} : { startElementId },
    );
    this.#stage.settle();
    return key;
  }

  jobs(filter: JobFilter = {}): readonly JobRow[] {
    return listJobs(this.#stage.instances, filter);
  }

  userTasks(filter: UserTaskFilter = {}): readonly UserTaskRow[] {
    return listUserTasks(this.#stage.instances, filter);
  }

  completeJob(jobKey: Key, variables: VariableMap = {}): void {
    this.#ask(this.#ownerOf('jobs', jobKey), { kind: 'completeJob', jobKey, variables: copyVariables(variables) });
  }

  /** `retries` are the tries left, one less than before when absent; 0 raises an incident. `backOff` is an ISO duration or milliseconds, as the model says when absent. */
  failJob(
    jobKey: Key,
    failure: {
      readonly retries?: number;
      readonly message?: string;
      readonly backOff?: string | number;
      readonly variables?: VariableMap;
    } = {},
  ): void {
    const owner = this.#ownerOf('jobs', jobKey);
    const { backOff, message = '', variables = {} } = failure;
    const retries = failure.retries ?? (this.get(owner).instance.jobs.get(jobKey)?.retries ?? 1) - 1;
    const retryBackOff = backOff === undefined ? null : this.#after(backOff) - this.now;
    this.#ask(owner, {
      kind: 'failJob',
      jobKey,
      retries,
      retryBackOff,
      errorMessage: message,
      variables: copyVariables(variables),
    });
  }

  /** A BPMN error, caught by code; one that nobody catches becomes an incident. */
  throwJobError(jobKey: Key, errorCode: string, variables: VariableMap = {}, errorMessage = ''): void {
    this.#ask(this.#ownerOf('jobs', jobKey), {
      kind: 'throwJobError',
      jobKey,
      errorCode,
      errorMessage,
      variables: copyVariables(variables),
    });
  }

  /** A BPMN error of a user task, caught by code; refused when nobody catches it. */
  throwUserTaskError(userTaskKey: Key, errorCode: string, variables: VariableMap = {}, errorMessage = ''): void {
    const owner = this.#ownerOf('userTasks', userTaskKey);
    const { elementInstanceKey } = this.get(owner).instance.userTasks.get(userTaskKey)!;
    this.#ask(owner, {
      kind: 'throwElementError',
      elementInstanceKey,
      errorCode,
      errorMessage,
      variables: copyVariables(variables),
    });
  }

  /**
   * A BPMN escalation of an activity that is active: a user task, a job, a sub-process (`elementInstanceKey` of their rows,
   * `key` in `state().active`). The innermost handler hears it; without one nothing happens.
   */
  throwEscalation(elementInstanceKey: Key, escalationCode: string, variables: VariableMap = {}): void {
    this.#ask(this.#ownerOf('elements', elementInstanceKey), {
      kind: 'throwElementEscalation',
      elementInstanceKey,
      escalationCode,
      variables: copyVariables(variables),
    });
  }

  completeUserTask(userTaskKey: Key, variables: VariableMap = {}): void {
    this.#ask(this.#ownerOf('userTasks', userTaskKey), {
      kind: 'completeUserTask',
      userTaskKey,
      variables: copyVariables(variables),
    });
  }

  /** `null` gives the task back to its candidates. */
  assignUserTask(userTaskKey: Key, assignee: string | null): void {
    this.#ask(this.#ownerOf('userTasks', userTaskKey), {
      kind: 'assignUserTask',
      userTaskKey,
      assignee,
      allowOverride: true,
    });
  }

  /**
   * Reaches exactly one receiver: the longest waiting subscription of this name and key, else a process that the message
   * starts (with a key, one active instance at a time); else it is kept for `timeToLive` (ISO duration, a week when absent)
   * and given to the first who waits for it. The same `messageId` twice is once. With `PT0S` somebody must wait now.
   */
  publishMessage(
    name: string,
    correlationKey = '',
    variables: VariableMap = {},
    options: { readonly timeToLive?: string | number; readonly messageId?: string } = {},
  ): Publication {
    const { timeToLive = DEFAULT_TIME_TO_LIVE, messageId = null } = options;
    const message = {
      name,
      correlationKey,
      variables: copyVariables(variables),
      messageId,
      timeToLive: this.#after(timeToLive) - this.now,
    };
    const publication = this.#stage.publish(message);
    this.#stage.settle();
    if (publication.outcome !== 'lost') return publication;
    throw new CommandRefused(
      'NO_RECEIVER',
      `Expected somebody who waits for the message "${name}" with the key "${correlationKey}", but there is nobody`,
    );
  }

  /** Reaches every subscription that is open now, in all instances, and every signal start event (§10.5.1); never kept. */
  broadcastSignal(name: string, variables: VariableMap = {}): void {
    this.#stage.broadcast(name, copyVariables(variables));
    this.#stage.settle();
  }

  /** Starts a process at each conditional start event that holds of these variables. @returns the instance keys */
  evaluateConditionalStarts(variables: VariableMap): readonly Key[] {
    const keys = this.#stage.beginWhereHolds(copyVariables(variables));
    this.#stage.settle();
    return keys;
  }

  /**
   * Writes variables of an instance, or of one of its element instances: each into the nearest scope around that has it,
   * else into the process; with `local` into exactly this scope.
   */
  setVariables(scopeKey: Key, variables: VariableMap, { local = false }: { readonly local?: boolean } = {}): void {
    const owner = this.#ownerOf('elements', scopeKey);
    this.#ask(owner, { kind: 'setVariables', scopeKey, variables: copyVariables(variables), local });
  }

  /** Starts activities of an ad-hoc sub-process, each with variables of its own; `cancelRemaining` ends what runs first. */
  activateAdHocElements(
    adHocInstanceKey: Key,
    elements: readonly { readonly elementId: string; readonly variables?: VariableMap }[],
    { cancelRemaining = false }: { readonly cancelRemaining?: boolean } = {},
  ): void {
    this.#ask(this.#ownerOf('elements', adHocInstanceKey), {
      kind: 'activateAdHocElements',
      adHocInstanceKey,
      elements: elements.map(({ elementId, variables = {} }) => ({ elementId, variables: copyVariables(variables) })),
      cancelRemaining,
    });
  }

  /** Tries again what got stuck; a job gets one more try. If it still cannot go on, a new incident says why. */
  resolveIncident(incidentKey: Key): void {
    this.#ask(this.#ownerOf('incidents', incidentKey), { kind: 'resolveIncident', incidentKey });
  }

  /** Ends an instance with everything in it, called instances too. */
  cancel(processInstanceKey: Key): void {
    this.#ask(processInstanceKey, { kind: 'cancelInstance', byParent: false });
  }

  /** It stands still until it is resumed, called instances too: timers and messages wait, signals pass it by. */
  suspend(processInstanceKey: Key): void {
    this.#ask(processInstanceKey, { kind: 'suspendInstance', byParent: false });
  }

  /** It goes on: what came meanwhile happens now, and every timer that has become due fires by its misfire policy. */
  resume(processInstanceKey: Key): void {
    this.#ask(processInstanceKey, { kind: 'resumeInstance', byParent: false });
    this.advanceTo(this.now);
  }

  /** Changes the tokens by hand: starts elements, ends element instances, moves what stands at one element to another. */
  modify(
    processInstanceKey: Key,
    { activate = [], terminate = [], move = [] }: Partial<Omit<ModifyInstance, 'kind'>>,
  ): void {
    this.#ask(processInstanceKey, { kind: 'modifyInstance', activate, terminate, move });
  }

  /**
   * Takes an instance over to the newest version of its process, or of the one named. Elements that run are mapped by id
   * unless `mapping` says otherwise; timers keep their due date unless `recomputeTimers`.
   */
  migrate(
    processInstanceKey: Key,
    {
      processId,
      mapping = [],
      recomputeTimers = false,
    }: Partial<Pick<MigrateInstance, 'mapping' | 'recomputeTimers'>> & { readonly processId?: string } = {},
  ): void {
    this.#ask(processInstanceKey, this.migration(processInstanceKey, { processId, mapping, recomputeTimers }));
  }

  /** The command of `migrate`, for `tell`. */
  migration(
    processInstanceKey: Key,
    plan: Pick<MigrateInstance, 'mapping' | 'recomputeTimers'> & { readonly processId?: string | undefined },
  ): MigrateInstance {
    const { instance } = this.get(processInstanceKey);
    const processId = plan.processId ?? instance.header.processId;
    const target = this.#stage.library.latestProcess(processId);
    if (target === undefined) {
      throw new CommandRefused('UNKNOWN_PROCESS', `Expected a process "${processId}", but none is deployed`);
    }
    const { processDefinitionKey, deploymentKey, version, model } = target;
    return {
      kind: 'migrateInstance',
      processDefinitionKey,
      deploymentKey,
      definitionVersion: version,
      mapping: [
        ...plan.mapping,
        ...mappingById(instance, { from: this.#stage.instances.modelOf(instance), to: model }, plan.mapping),
      ],
      recomputeTimers: plan.recomputeTimers,
    };
  }

  /** Moves the clock to an instant (epoch milliseconds, or ISO 8601), firing every timer on the way at its own due time. */
  advanceTo(time: number | string): void {
    const instant = typeof time === 'number' ? time : parseInstant(time, this.#stage.library.zone);
    if (!Number.isSafeInteger(instant)) {
      throw new CommandRefused('INVALID_ARGUMENT', `Expected a time in whole milliseconds, but got ${instant}`);
    }
    let fires = 0;
    for (let due = this.#stage.nextTimer(instant); due !== null; due = this.#stage.nextTimer(instant)) {
      fires = due.dueAt > this.now ? 0 : fires + 1;
      if (fires > SAME_INSTANT_LIMIT)
        throw new Error(`Expected time to pass between timers, but ${fires} fired at once`);
      this.now = Math.max(this.now, due.dueAt);
      due.fire();
      this.#stage.settle();
    }
    this.now = Math.max(this.now, instant);
  }

  /** Moves the clock by an ISO 8601 duration such as `PT4H` or `P1M`, or by milliseconds. */
  advanceBy(duration: string | number): void {
    this.advanceTo(this.#after(duration));
  }

  /** Where an instance stands and how it came there. */
  state(processInstanceKey: Key): InstanceView {
    return viewInstance(this.#stage.instances, this.get(processInstanceKey));
  }

  /** Why an instance does not go on. */
  explain(processInstanceKey: Key): InstanceExplanation {
    const { instance } = this.get(processInstanceKey);
    return explainInstance(instance, this.#stage.instances.modelOf(instance), this.now);
  }

  /** The interpreter's own instance, with its history. */
  get(processInstanceKey: Key): SimulatedInstance {
    const found = this.#stage.instances.get(processInstanceKey);
    if (found !== undefined) return found;
    throw new CommandRefused('NOT_FOUND', `Expected a process instance ${processInstanceKey}, but there is none`);
  }

  /** Any command of the interpreter; a rejection is returned. */
  tell(processInstanceKey: Key, command: EngineCommand): Told {
    this.get(processInstanceKey);
    const outcome = this.#stage.execute(processInstanceKey, command);
    this.#stage.settle();
    return outcome.accepted ? { records: outcome.history } : { rejection: outcome.rejection };
  }

  #ask(processInstanceKey: Key, command: EngineCommand): void {
    const told = this.tell(processInstanceKey, command);
    if ('rejection' in told) throw new CommandRefused(told.rejection.code, told.rejection.message);
  }

  #ownerOf(table: keyof typeof ROW_NAMES, rowKey: Key): Key {
    const owner = this.#stage.instances.ownerOf(table, rowKey);
    if (owner !== undefined) return owner;
    throw new CommandRefused('NOT_FOUND', `Expected ${ROW_NAMES[table]} ${rowKey}, but it has ended or never existed`);
  }

  /** The instant after a duration; a day is a day of the zone's calendar. */
  #after(duration: string | number): number {
    if (typeof duration === 'number') return this.now + duration;
    return addDuration(this.now, parseDuration(duration), this.#stage.library.zone);
  }
}
