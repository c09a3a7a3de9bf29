import { isExecutableProcess } from './executable-process.ts';
import { flowsOf } from './flows-of.ts';
import { elementOf, elementsOf, extensionOf, flagOf, textOf, type ModdleElement } from './moddle-element.ts';

/** A message flow along which the engine delivers: between steps of two executable processes, of which the one sends and the other receives (BPMN 2.0.2 §9.4). */
export interface MessageLink {
  readonly flow: ModdleElement;
  readonly sender: ModdleElement;
  readonly receiver: ModdleElement;
}

/** The links that end or begin at this step, in file order. */
export function linksOf(step: ModdleElement): readonly MessageLink[] {
  const definitions = ancestor(step, 'bpmn:Definitions');
  if (definitions === undefined) return [];
  return messageLinks(definitions).filter(({ sender, receiver }) => sender === step || receiver === step);
}

/** An end at a pool stands for every step of its process that sends or receives the same message. */
export function messageLinks(definitions: ModdleElement): readonly MessageLink[] {
  return messageFlows(definitions).flatMap((flow) => {
    const source = endOf(elementOf(flow, 'sourceRef'));
    const target = endOf(elementOf(flow, 'targetRef'));
    if (source === null || target === null || source.process === target.process) return [];
    const message = messageNameOf(flow, source.step ?? target.step);
    const senders = source.step === undefined ? stepsWith(source.process, sends, message) : [source.step];
    const receivers = target.step === undefined ? stepsWith(target.process, receives, message) : [target.step];
    return senders
      .filter(publishes)
      .flatMap((sender) => receivers.filter(receives).map((receiver) => ({ flow, sender, receiver })));
  });
}

function messageFlows(definitions: ModdleElement): readonly ModdleElement[] {
  return elementsOf(definitions, 'rootElements')
    .filter(({ $type }) => $type === 'bpmn:Collaboration')
    .flatMap((collaboration) => elementsOf(collaboration, 'messageFlows'));
}

/** The message of the flows that a step exchanges with the world outside, if they agree on one: their other end is a black box. */
export function messageOfFlowsAt(step: ModdleElement): ModdleElement | undefined {
  const definitions = ancestor(step, 'bpmn:Definitions');
  const end = receives(step) ? 'targetRef' : sends(step) ? 'sourceRef' : undefined;
  if (definitions === undefined || end === undefined) return undefined;
  const flows = messageFlows(definitions).filter((flow) => elementOf(flow, end) === step);
  const [message, ...others] = new Set(
    flows.map((flow) => elementOf(flow, 'messageRef')).filter((one) => one !== undefined),
  );
  return others.length === 0 ? message : undefined;
}

export interface FlowEnd {
  readonly process: ModdleElement;
  /** Absent: the flow ends at the border of the pool. */
  readonly step: ModdleElement | undefined;
}

/** Null where nothing runs: a black box, or a process that is a picture. */
export function endOf(element: ModdleElement | undefined): FlowEnd | null {
  if (element === undefined) return null;
  const isPool = element.$type === 'bpmn:Participant';
  const process = isPool ? elementOf(element, 'processRef') : ancestor(element, 'bpmn:Process');
  if (process === undefined || !isExecutableProcess(process)) return null;
  return { process, step: isPool ? undefined : element };
}

const SENDS = new Set(['bpmn:SendTask', 'bpmn:IntermediateThrowEvent', 'bpmn:EndEvent']);
const RECEIVES = new Set(['bpmn:ReceiveTask', 'bpmn:StartEvent', 'bpmn:IntermediateCatchEvent', 'bpmn:BoundaryEvent']);

export const sends = (step: ModdleElement): boolean => SENDS.has(step.$type) && messageHolders(step).length === 1;
export const receives = (step: ModdleElement): boolean => RECEIVES.has(step.$type) && messageHolders(step).length === 1;

/** A job worker sends in its own way. */
const publishes = (step: ModdleElement): boolean =>
  sends(step) && extensionOf(step, 'zeebe:TaskDefinition') === undefined;

/** The task itself, or the message definitions of an event: what refers to the message. */
function messageHolders(step: ModdleElement): readonly ModdleElement[] {
  if (/Task$/.test(step.$type)) return [step];
  return [...elementsOf(step, 'eventDefinitions'), ...elementsOf(step, 'eventDefinitionRef')].filter(
    ({ $type }) => $type === 'bpmn:MessageEventDefinition',
  );
}

/** The message that a step itself names. */
export function messageRefOf(step: ModdleElement | undefined): ModdleElement | undefined {
  return messageNamedBy(step === undefined ? undefined : messageHolders(step)[0]);
}

/** `messageRef`, else the message that the operation of a service takes (BPMN 2.0.2 §8.4.3). */
export function messageNamedBy(holder: ModdleElement | undefined): ModdleElement | undefined {
  return elementOf(holder, 'messageRef') ?? elementOf(elementOf(holder, 'operationRef'), 'inMessageRef');
}

/** The message that goes along a link, as its sender understands it. */
export function messageOfSender({ flow, sender, receiver }: MessageLink): ModdleElement | undefined {
  return messageRefOf(sender) ?? elementOf(flow, 'messageRef') ?? messageRefOf(receiver);
}

/** What a link without a correlation key is called: unlike any message of another process (ADR 0009). */
export function conversationNameOf(link: MessageLink): string {
  const { receiver } = link;
  const [first = link] = linksOf(receiver).filter((one) => one.receiver === receiver);
  const name = textOf(messageOfSender(first), 'name');
  const local = name === undefined || name.startsWith('=') ? first.flow.id : name;
  return `${ancestor(receiver, 'bpmn:Process')?.id ?? ''}:${local ?? ''}`;
}

/** A start event, an instantiating receive task, or an event behind an instantiating gateway (BPMN 2.0.2 §10.5.2, §10.6.6). */
export function startsProcess(step: ModdleElement): boolean {
  if (elementOf(step, '$parent')?.$type !== 'bpmn:Process') return false;
  if (step.$type === 'bpmn:StartEvent' || flagOf(step, 'instantiate') === true) return true;
  return flowsOf(step, 'incoming').some((flow) => {
    const gateway = elementOf(flow, 'sourceRef');
    return gateway?.$type === 'bpmn:EventBasedGateway' && flagOf(gateway, 'instantiate') === true;
  });
}

function messageNameOf(flow: ModdleElement, step: ModdleElement | undefined): string | undefined {
  return textOf(messageRefOf(step) ?? elementOf(flow, 'messageRef'), 'name');
}

function stepsWith(
  process: ModdleElement,
  takesPart: (step: ModdleElement) => boolean,
  message: string | undefined,
): readonly ModdleElement[] {
  if (message === undefined) return [];
  return elementsOf(process, 'flowElements').flatMap((element) => [
    ...(takesPart(element) && textOf(messageRefOf(element), 'name') === message ? [element] : []),
    ...stepsWith(element, takesPart, message),
  ]);
}

export function ancestor(element: ModdleElement, type: string): ModdleElement | undefined {
  let at: ModdleElement | undefined = element;
  while (at !== undefined && at.$type !== type) at = elementOf(at, '$parent');
  return at;
}
