import type { ElementInstance, Instance } from '../instance.ts';
import { waitsForAll } from '../model/definitions-of.ts';
import type { FlowNode, ProcessModel } from '../model/process-model.ts';
import type { InstanceExplanation, PlaceExplanation, WaitReason } from './explanation.ts';
import { explainInside } from './explain-inside.ts';
import { explainJoinPlaces } from './explain-join-places.ts';
import {
  explainIncident,
  explainJob,
  explainSubscription,
  explainTimer,
  explainUserTask,
  rowsAt,
  type Explained,
  type HangingRows,
} from './explain-rows.ts';
import { possibleEvents } from './possible-events.ts';

/**
 * Why an instance does not go on: of every place what it waits for, since when, and what may still happen to it; of every
 * join which flows keep it closed and from where a token could come by them. A pure function of state, model and clock.
 */
export function explainInstance(instance: Instance, model: ProcessModel, now: number): InstanceExplanation {
  const explained = { instance, model, now };
  const { processInstanceKey, processId, state } = instance.header;
  const joins = explainJoinPlaces(explained);
  const joining = new Set(joins.map(({ elementInstanceKey }) => elementInstanceKey));
  const elements = [...instance.elements.values()].filter(({ key }) => !joining.has(key));
  const places = [...elements.map((element) => explainElement(element, explained)), ...joins];
  return { processInstanceKey, processId, state, places: places.sort((a, b) => a.since - b.since) };
}

function explainElement(element: ElementInstance, explained: Explained): PlaceExplanation {
  const { key, elementId, elementType, scopeKey, startedAt } = element;
  const node = explained.model.nodes.get(elementId);
  const rows = rowsAt(explained.instance, key);
  return {
    elementInstanceKey: key,
    elementId,
    elementName: (node ?? explained.model).name || elementId,
    elementType,
    scopeKey,
    iteration: iterationOf(element, explained),
    since: startedAt,
    needs: needsAll(node) ? 'all' : 'any',
    waitsFor: [...rows.incidents.map(explainIncident), ...ownWaits(element, node, { rows, explained })],
    couldHappen: possibleEvents(element, rows, explained),
  };
}

function ownWaits(
  element: ElementInstance,
  node: FlowNode | undefined,
  { rows, explained }: { readonly rows: HangingRows; readonly explained: Explained },
): readonly WaitReason[] {
  const isOwn = ({ elementId }: { readonly elementId: string }) =>
    node !== undefined && (elementId === node.id || node.type === 'eventBasedGateway');
  return [
    ...rows.userTasks.map((task) => explainUserTask(task, explained)),
    ...rows.jobs.map((job) => explainJob(job, explained)),
    ...rows.timers.filter(isOwn).map((timer) => explainTimer(timer, explained)),
    ...rows.subscriptions.filter(isOwn).map((one) => explainSubscription(one, explained)),
    ...explainInside(element, node, { rows, explained }),
  ];
}

function iterationOf(element: ElementInstance, { instance }: Explained): PlaceExplanation['iteration'] {
  if (element.loopIndex === null || element.scopeKey === null) return null;
  const body = instance.elements.get(element.scopeKey);
  return { index: element.loopIndex, total: body?.loop?.total ?? null };
}

/** A parallel multiple event; a parallel instantiating gateway (§10.6.6). */
function needsAll(node: FlowNode | undefined): boolean {
  if (node === undefined) return false;
  return node.type === 'eventBasedGateway' ? node.parallel : 'event' in node && waitsForAll(node.event);
}
