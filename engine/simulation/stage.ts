import type { EngineCommand, StartInstance } from '../command.ts';
import type { Effect } from '../effect.ts';
import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import type { DeployedProcess } from '../model/library.ts';
import type { Accepted, Outcome } from '../outcome.ts';
import type { StartPlanning } from '../plan-start.ts';
import { CommandRefused } from './command-refused.ts';
import { FollowUps } from './follow-ups.ts';
import { MessageDelivery, type Publication } from './message-delivery.ts';
import { performEffect } from './perform-effect.ts';
import { planStarts } from './plan-starts.ts';
import { SimulatedInstances } from './simulated-instances.ts';
import { SimulatedLibrary, type DeployedModels } from './simulated-library.ts';
import { signalReceivers, type SignalReceivers } from './signal-delivery.ts';
import { StartSubscriptions, type ProcessStart } from './start-subscriptions.ts';
import type { CalendarSet } from '../time/build-calendar-set.ts';

/** Where an instance begins; at the none start event when nothing is said. */
export type Beginning = Pick<StartInstance, 'startElementId' | 'startDefinitionIndex' | 'conversationKey'>;

type Conversation = Pick<StartInstance, 'conversationKey'>;

const START_REMEDY =
  'Start it at a start event by its id and with the inputs it needs, or let its event happen: publishMessage(), broadcastSignal(), advanceTo().';

interface DueTimer {
  readonly dueAt: number;
  fire(): void;
}

/** The world around the instances: it carries their effects from one to another until all of them have come to rest. */
export class Stage {
  /** Deadline notices, in order. */
  readonly notices: Effect[] = [];
  readonly library: SimulatedLibrary;
  readonly instances: SimulatedInstances;
  readonly #starts = new StartSubscriptions();
  readonly #messages: MessageDelivery;
  readonly #followUps = new FollowUps();

  constructor(settings: { readonly calendars?: CalendarSet; readonly zone?: string; readonly now: number }) {
    this.library = new SimulatedLibrary(settings);
    this.instances = new SimulatedInstances(this.library, settings.now);
    this.#messages = new MessageDelivery({
      instances: this.instances,
      starts: this.#starts,
      send: (key, command) => this.send(key, command),
      begin: (start, message) => this.#beginAt(start, message.variables, conversationOf(start, message)),
    });
  }

  /** All of it or, when a start event cannot be planned, nothing. */
  deploy(models: DeployedModels): readonly DeployedProcess[] {
    const plans = (models.processes ?? []).map((model) => planStarts(model, this.#planning()));
    const deployed = this.library.deploy(models);
    deployed.forEach((process, index) => this.#starts.replace(process, plans[index] ?? []));
    return deployed;
  }

  /** Everything that follows from what has been done so far happens now. */
  settle(): void {
    this.#followUps.run(() => {
      const next = this.#messages.takeNext();
      if (next === null) return false;
      this.#followUps.at(next.message.depth, next.deliver);
      return true;
    });
  }

  /** One command; what follows from it waits for `settle`. */
  execute(processInstanceKey: Key, command: EngineCommand): Outcome {
    const outcome = this.instances.execute(processInstanceKey, command);
    if (outcome.accepted) this.#follow(outcome);
    return outcome;
  }

  /** A command that follows from another. Its receiver may have ended meanwhile; any other rejection is our bug. */
  send(processInstanceKey: Key, command: EngineCommand): void {
    const outcome = this.execute(processInstanceKey, command);
    if (outcome.accepted || outcome.rejection.code === 'NOT_FOUND' || outcome.rejection.code === 'INVALID_STATE')
      return;
    throw new Error(`Expected the follow-up ${command.kind} to be accepted, but: ${outcome.rejection.message}`);
  }

  begin(process: DeployedProcess, variables: VariableMap, at: Beginning): Key {
    const processInstanceKey = this.instances.takeKey();
    const outcome = this.execute(processInstanceKey, {
      kind: 'startInstance',
      processInstanceKey,
      processDefinitionKey: process.processDefinitionKey,
      deploymentKey: process.deploymentKey,
      definitionVersion: process.version,
      variables,
      ...at,
    });
    if (outcome.accepted) return processInstanceKey;
    throw new CommandRefused(outcome.rejection.code, outcome.rejection.message, START_REMEDY);
  }

  /** Starts processes at the conditional start events that hold of these variables. */
  beginWhereHolds(variables: VariableMap): readonly Key[] {
    return this.#starts.thatHold(variables, this.#planning()).map((start) => this.#beginAt(start, variables));
  }

  publish(
    message: Omit<Extract<Effect, { kind: 'publishMessage' }>, 'kind' | 'messageId'> & {
      readonly messageId: string | null;
    },
  ): Publication {
    const { name, correlationKey, variables, messageId, timeToLive } = message;
    return this.#messages.publish({
      key: this.instances.takeKey(),
      name,
      correlationKey,
      variables,
      messageId,
      expiresAt: this.instances.now + Math.max(0, timeToLive),
      depth: this.#followUps.depth,
    });
  }

  broadcast(name: string, variables: VariableMap): void {
    this.#giveSignal(this.#receiversOf(name, null), variables);
  }

  /** The timer that is due first, until then: of those that wait in instances, and of those that start processes. */
  nextTimer(until: number): DueTimer | null {
    const start = this.#starts.nextTimer(until);
    const waiting = this.instances.nextTimer(start === null ? until : Math.min(until, start.dueAt));
    if (waiting !== null) {
      const { processInstanceKey, timerKey, dueAt } = waiting;
      return { dueAt, fire: () => this.send(processInstanceKey, { kind: 'fireTimer', timerKey }) };
    }
    if (start === null) return null;
    return {
      dueAt: start.dueAt,
      fire: () => {
        this.#starts.fired(start, this.#planning());
        this.#beginAt(start, {});
      },
    };
  }

  #follow({ effects, instance }: Accepted): void {
    for (const effect of effects) {
      if (effect.kind !== 'broadcastSignal') {
        this.#followUps.add(() => performEffect(this, effect));
        continue;
      }
      const receivers = this.#receiversOf(effect.name, instance.header.processInstanceKey);
      this.#followUps.add(() => this.#giveSignal(receivers, effect.variables));
    }
  }

  #receiversOf(name: string, thrownBy: Key | null): SignalReceivers {
    return signalReceivers(name, { instances: this.instances, starts: this.#starts }, thrownBy);
  }

  /** One delivery may close the wait of another. */
  #giveSignal({ waiting, starts }: SignalReceivers, variables: VariableMap): void {
    for (const { processInstanceKey, subscriptionKey } of waiting) {
      this.send(processInstanceKey, { kind: 'triggerSignal', subscriptionKey, variables });
    }
    for (const start of starts) this.#beginAt(start, variables);
  }

  #beginAt({ process, start }: ProcessStart, variables: VariableMap, conversation: Conversation = {}): Key {
    return this.begin(process, variables, {
      startElementId: start.elementId,
      startDefinitionIndex: start.definitionIndex,
      ...conversation,
    });
  }

  #planning(): StartPlanning {
    const { zone, calendars } = this.library;
    return { now: this.instances.now, zone, calendars };
  }
}

/** An instance started along a message flow without a key belongs to the conversation of its sender (ADR 0009). */
function conversationOf(
  { start }: ProcessStart,
  { correlationKey }: { readonly correlationKey: string },
): Conversation {
  if (start.event.kind !== 'message' || start.event.message.byConversation !== true) return {};
  return { conversationKey: correlationKey };
}
