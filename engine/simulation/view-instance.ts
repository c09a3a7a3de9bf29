import type { HistoryRecord } from '../history-event.ts';
import type { ElementInstance, ElementType, Incident, Instance, Subscription, Timer, Token } from '../instance.ts';
import type { JsonValue, VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import type { SimulatedInstance, SimulatedInstances } from './simulated-instances.ts';

/** Where an instance stands and how it came there, to be read and compared. Instants are epoch milliseconds. */
export interface InstanceView {
  readonly key: Key;
  readonly processId: string;
  readonly version: number;
  readonly ended: null | 'completed' | 'terminated';
  /** What lives inside the process, in the order of its activation; what waits at a join is among `tokens`. */
  readonly active: readonly ElementView[];
  /** Tokens that wait at a joining gateway. */
  readonly tokens: readonly Pick<Token, 'key' | 'elementId' | 'flowId' | 'scopeKey' | 'arrivedAt'>[];
  /** Ids of the elements that completed, in that order; a loop is there once per iteration, not for its body. */
  readonly completed: readonly string[];
  /** Ids of the elements that were ended before they completed, in that order. */
  readonly terminated: readonly string[];
  /** Both of them together, with the bodies that hold iterations and chosen activities. */
  readonly finished: readonly (ElementView & { readonly how: 'completed' | 'terminated' })[];
  /** Ids of the sequence flows taken, in that order. */
  readonly flows: readonly string[];
  /** Variables of the process; those it had in the end, when it has ended. */
  readonly variables: VariableMap;
  /** Variables that live inside it, by the element instance that holds them. */
  readonly scopes: readonly {
    readonly key: Key;
    readonly elementId: string;
    readonly loopIndex: number | null;
    readonly variables: VariableMap;
  }[];
  readonly incidents: readonly Pick<Incident, 'key' | 'elementId' | 'type' | 'message' | 'createdAt'>[];
  readonly timers: readonly Pick<Timer, 'key' | 'elementId' | 'purpose' | 'dueAt'>[];
  readonly subscriptions: readonly Subscription[];
  /** Instances that its call activities started, also those that have ended. */
  readonly children: readonly {
    readonly key: Key;
    readonly processId: string;
    readonly elementInstanceKey: Key;
    readonly ended: null | 'completed' | 'terminated';
  }[];
}

export interface ElementView {
  readonly key: Key;
  readonly elementId: string;
  readonly type: ElementType;
  /** The element instance around it; the instance itself at the top. */
  readonly scopeKey: Key;
  /** Iteration of a loop, from 0; null outside one. */
  readonly loopIndex: number | null;
}

/** They have the id of the element whose iterations or chosen activities they hold. */
const INVISIBLE: readonly ElementType[] = ['multiInstanceBody', 'adHocInnerInstance'];

export function viewInstance(instances: SimulatedInstances, { instance, history }: SimulatedInstance): InstanceView {
  const { header } = instance;
  const key = header.processInstanceKey;
  const finished = finishedElements(history);
  const idsOf = (how: 'completed' | 'terminated') =>
    finished.filter((one) => one.how === how && !INVISIBLE.includes(one.type)).map(({ elementId }) => elementId);
  return {
    key,
    processId: header.processId,
    version: header.definitionVersion,
    ended: endOf(instance),
    active: [...instance.elements.values()].filter(({ elementType }) => elementType !== 'process').map(viewElement),
    tokens: [...instance.tokens.values()],
    completed: idsOf('completed'),
    terminated: idsOf('terminated'),
    finished,
    flows: history.flatMap(({ event }) => (event.kind === 'sequenceFlowTaken' ? [event.flowId] : [])),
    variables: lastVariables(history, key),
    scopes: innerVariables(instance),
    incidents: [...instance.incidents.values()].map(({ key, elementId, type, message, createdAt }) => ({
      key,
      elementId,
      type,
      message,
      createdAt,
    })),
    timers: [...instance.timers.values()].map(({ key, elementId, purpose, dueAt }) => ({
      key,
      elementId,
      purpose,
      dueAt,
    })),
    subscriptions: [...instance.subscriptions.values()],
    children: childrenOf(instances, key),
  };
}

function endOf({ header }: Instance): InstanceView['ended'] {
  return header.state === 'active' ? null : header.state;
}

function viewElement({ key, elementId, elementType, scopeKey, loopIndex }: ElementInstance): ElementView {
  return { key, elementId, type: elementType, scopeKey: scopeKey ?? key, loopIndex };
}

function finishedElements(history: readonly HistoryRecord[]): InstanceView['finished'] {
  const living = new Map<Key, ElementInstance>();
  const finished: InstanceView['finished'][number][] = [];
  for (const { event } of history) {
    if (event.kind === 'elementActivated') living.set(event.element.key, event.element);
    if (event.kind !== 'elementCompleted' && event.kind !== 'elementTerminated') continue;
    const element = living.get(event.elementInstanceKey);
    living.delete(event.elementInstanceKey);
    if (element === undefined || element.elementType === 'process') continue;
    finished.push({ ...viewElement(element), how: event.kind === 'elementCompleted' ? 'completed' : 'terminated' });
  }
  return finished;
}

/** From history, because an ended instance has no rows left. */
function lastVariables(history: readonly HistoryRecord[], scopeKey: Key): VariableMap {
  const variables: Record<string, JsonValue> = {};
  for (const { event } of history) {
    if (event.kind !== 'variableCreated' && event.kind !== 'variableUpdated') continue;
    if (event.variable.scopeKey === scopeKey) variables[event.variable.name] = event.variable.value;
  }
  return variables;
}

function innerVariables({ elements, variables }: Instance): InstanceView['scopes'] {
  return [...variables.entries()].flatMap(([key, own]) => {
    const element = elements.get(key);
    if (element === undefined || element.scopeKey === null || own.size === 0) return [];
    const { elementId, loopIndex } = element;
    return [
      { key, elementId, loopIndex, variables: Object.fromEntries([...own].map(([name, { value }]) => [name, value])) },
    ];
  });
}

function childrenOf({ all }: SimulatedInstances, parentKey: Key): InstanceView['children'] {
  return [...all.values()].flatMap(({ instance }) => {
    const { parent, processInstanceKey: key, processId } = instance.header;
    if (parent?.processInstanceKey !== parentKey) return [];
    return [{ key, processId, elementInstanceKey: parent.elementInstanceKey, ended: endOf(instance) }];
  });
}
