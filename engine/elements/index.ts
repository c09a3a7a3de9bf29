import type { BehaviorLookup, ElementBehavior } from '../behaviors/element-behavior.ts';
import type { FlowNodeType } from '../model/process-model.ts';
import { adHocSubProcess } from './containers/ad-hoc-sub-process.ts';
import { callActivity } from './containers/call-activity.ts';
import { eventSubProcess } from './containers/event-sub-process.ts';
import { subProcess } from './containers/sub-process.ts';
import { transaction } from './containers/transaction.ts';
import { boundaryEvent } from './events/boundary-event.ts';
import { endEvent } from './events/end-event.ts';
import { intermediateCatchEvent } from './events/intermediate-catch-event.ts';
import { intermediateThrowEvent } from './events/intermediate-throw-event.ts';
import { startEvent } from './events/start-event.ts';
import { complexGateway } from './gateways/complex-gateway.ts';
import { eventBasedGateway } from './gateways/event-based-gateway.ts';
import { exclusiveGateway } from './gateways/exclusive-gateway.ts';
import { inclusiveGateway } from './gateways/inclusive-gateway.ts';
import { parallelGateway } from './gateways/parallel-gateway.ts';
import { businessRuleTask } from './tasks/business-rule-task.ts';
import { manualTask } from './tasks/manual-task.ts';
import { receiveTask } from './tasks/receive-task.ts';
import { scriptTask } from './tasks/script-task.ts';
import { sendTask } from './tasks/send-task.ts';
import { serviceTask } from './tasks/service-task.ts';
import { undefinedTask } from './tasks/undefined-task.ts';
import { userTask } from './tasks/user-task.ts';

/** Every element that executes, by type: the table of contents of the interpreter. */
const behaviors: { readonly [T in FlowNodeType]: ElementBehavior<T> } = {
  startEvent,
  endEvent,
  intermediateCatchEvent,
  intermediateThrowEvent,
  boundaryEvent,
  task: undefinedTask,
  manualTask,
  userTask,
  serviceTask,
  sendTask,
  scriptTask,
  businessRuleTask,
  receiveTask,
  exclusiveGateway,
  parallelGateway,
  inclusiveGateway,
  complexGateway,
  eventBasedGateway,
  eventSubProcess,
  subProcess,
  adHocSubProcess,
  transaction,
  callActivity,
};

/** All of one shape, with or without the optional steps: asked of every element, a W1 step spends 2 % less on them. */
const inOneShape = Object.fromEntries(
  Object.values(behaviors).map((behavior) => [behavior.type, sameShape(behavior as unknown as AnyBehavior)]),
) as Readonly<Record<FlowNodeType, AnyBehavior>>;

/** A behavior only ever meets nodes of its own type, which the compiler cannot follow through the lookup. */
type AnyBehavior = ElementBehavior<FlowNodeType>;

function sameShape({ type, arrive, fire, activate, chooseFlows, afterComplete }: AnyBehavior): AnyBehavior {
  return { type, arrive, fire, activate, chooseFlows, afterComplete } satisfies {
    readonly [Step in keyof Required<AnyBehavior>]: unknown;
  };
}

export const behaviorOf: BehaviorLookup = (node) => inOneShape[node.type];

/** In the order of the table above. */
export const ELEMENT_TYPES = Object.keys(behaviors) as readonly FlowNodeType[];
