import { flowsOf } from './flows-of.ts';
import { elementOf, elementsOf, flagOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

export interface CompensationParts {
  readonly isForCompensation?: boolean;
  readonly compensationHandlerId?: string;
}

/**
 * What makes an activity compensable (BPMN 2.0.2 §10.7.1): a compensation boundary event with an association to its
 * handler; or what makes it a handler.
 */
export function compileCompensation(
  element: ModdleElement,
  boundaries: readonly ModdleElement[],
  problems: ProblemList,
): CompensationParts {
  const isHandler = flagOf(element, 'isForCompensation') === true;
  if (isHandler) checkHandler(element, boundaries, problems);
  const [boundary, another] = boundaries.filter((event) => catches(event, 'Compensate'));
  if (boundary === undefined) return isHandler ? { isForCompensation: true } : {};
  if (another !== undefined)
    refuse(another, problems, 'is a second compensation event of its activity', 'Keep one of them.');
  if (startsByCompensation(element)) {
    const why = 'has a handler beside the compensation event sub-process inside its activity';
    refuse(boundary, problems, why, 'Keep one of the two ways to undo it.');
  }
  const handler = handlerOf(boundary, problems);
  return handler?.id === undefined ? {} : { compensationHandlerId: handler.id };
}

/** Catch events and throw events alike. */
export function catches(event: ModdleElement, kind: 'Compensate' | 'Cancel'): boolean {
  const definitions = [...elementsOf(event, 'eventDefinitions'), ...elementsOf(event, 'eventDefinitionRef')];
  return definitions.some(({ $type }) => $type === `bpmn:${kind}EventDefinition`);
}

/** The activity at the other end of the one association that leads to an activity. */
function handlerOf(boundary: ModdleElement, problems: ProblemList): ModdleElement | null {
  const [handler, another] = associated(boundary).filter(isActivity);
  if (handler === undefined) {
    problems.missing(boundary, 'compensation handler', 'Draw an association to an activity marked "for compensation".');
    return null;
  }
  if (another !== undefined) refuse(boundary, problems, 'leads to several handlers', 'Put them into one sub-process.');
  if (flagOf(handler, 'isForCompensation') !== true) {
    refuse(
      boundary,
      problems,
      `leads to ${titleOf(handler)}, which is not marked "for compensation"`,
      'Mark that activity "for compensation".',
    );
  }
  if (elementOf(handler, '$parent') !== elementOf(boundary, '$parent')) {
    refuse(boundary, problems, 'has its handler in another scope', 'Draw the handler beside the activity.');
  }
  return handler;
}

/** It runs when something is undone: no flow leads in or out, nothing sits on its border, and an event leads to it. */
function checkHandler(element: ModdleElement, boundaries: readonly ModdleElement[], problems: ProblemList): void {
  const flows = [...flowsOf(element, 'incoming'), ...flowsOf(element, 'outgoing')];
  if (flows.length > 0) {
    refuse(element, problems, 'is a compensation handler, so no flow leads in or out', 'Remove its flows.');
  }
  for (const event of boundaries) {
    const why = 'sits on a compensation handler, from which no path leads on';
    refuse(event, problems, why, 'Make the handler a sub-process and put the activity with its event inside.');
  }
  const events = associated(element).filter(
    (event) => event.$type === 'bpmn:BoundaryEvent' && catches(event, 'Compensate'),
  );
  if (events.length === 0) {
    problems.missing(element, 'compensation event', 'Lead an association to it from the activity that it undoes.');
  }
}

/** A compensation event names something that it can see and that can be undone (BPMN 2.0.2 §10.5.5). */
export function checkActivityRef(event: ModdleElement, activity: ModdleElement, problems: ProblemList): void {
  if (!scopesSeenFrom(event).includes(elementOf(activity, '$parent'))) {
    const why = `undoes ${titleOf(activity)}, which lies in another scope`;
    refuse(event, problems, why, 'Throw it in the scope of the activity, or in an event sub-process of that scope.');
  }
  if (!canBeUndone(activity)) {
    const why = `undoes ${titleOf(activity)}, which has no compensation handler`;
    refuse(event, problems, why, 'Attach a compensation event with a handler to the activity.');
  }
}

/** Its own scope; in an event sub-process also the scope around that. */
function scopesSeenFrom(event: ModdleElement): readonly (ModdleElement | undefined)[] {
  const scopes = [elementOf(event, '$parent')];
  for (let scope = scopes[0]; scope !== undefined && flagOf(scope, 'triggeredByEvent') === true;) {
    scope = elementOf(scope, '$parent');
    scopes.push(scope);
  }
  return scopes;
}

/** A called process knows by itself what it can undo. */
function canBeUndone(activity: ModdleElement): boolean {
  if (activity.$type === 'bpmn:CallActivity') return true;
  const around = elementsOf(elementOf(activity, '$parent'), 'flowElements');
  const hasHandler = around.some(
    (event) => elementOf(event, 'attachedToRef') === activity && catches(event, 'Compensate'),
  );
  if (hasHandler || startsByCompensation(activity)) return true;
  return elementsOf(activity, 'flowElements').some((inner) => isActivity(inner) && canBeUndone(inner));
}

/** Whether a scope has a compensation event sub-process. */
function startsByCompensation(scope: ModdleElement): boolean {
  return compensationSubProcesses(scope).length > 0;
}

/** One way to undo a scope; and what undoes something is not undone itself, so it needs none (BPMN 2.0.2 §10.7.1). */
export function checkCompensationSubProcess(element: ModdleElement, problems: ProblemList): void {
  const scope = elementOf(element, '$parent');
  if (!isUndoing(element) || scope === undefined) {
    // Of one that a compensation event starts the mark says what it is; nothing else would ever start it by that.
    if (flagOf(element, 'isForCompensation') !== true) return;
    problems.unsupported(element, 'isForCompensation on an event sub-process', 'Start it by a compensation event.');
    return;
  }
  if (compensationSubProcesses(scope)[0] !== element) {
    refuse(element, problems, 'is a second compensation event sub-process of its scope', 'Keep one of them.');
  }
  if (isUndoing(scope) || flagOf(scope, 'isForCompensation') === true) {
    refuse(element, problems, 'would undo what itself undoes something', 'Remove the inner one.');
  }
}

function compensationSubProcesses(scope: ModdleElement): readonly ModdleElement[] {
  return elementsOf(scope, 'flowElements').filter(isUndoing);
}

function isUndoing(element: ModdleElement): boolean {
  if (flagOf(element, 'triggeredByEvent') !== true) return false;
  const starts = elementsOf(element, 'flowElements').filter(({ $type }) => $type === 'bpmn:StartEvent');
  return starts.some((start) => catches(start, 'Compensate'));
}

/** What an association joins to an element, at whichever end; it may be drawn in any scope around, or beside the pools. */
function associated(element: ModdleElement): readonly ModdleElement[] {
  const found: ModdleElement[] = [];
  for (let at = elementOf(element, '$parent'); at !== undefined; at = elementOf(at, '$parent')) {
    const pictures = at.$type === 'bpmn:Definitions' ? poolsOf(at) : [at];
    for (const association of pictures.flatMap((picture) => elementsOf(picture, 'artifacts'))) {
      const [source, target] = [elementOf(association, 'sourceRef'), elementOf(association, 'targetRef')];
      if (source === element && target !== undefined) found.push(target);
      if (target === element && source !== undefined) found.push(source);
    }
  }
  return found;
}

const poolsOf = (definitions: ModdleElement) =>
  elementsOf(definitions, 'rootElements').filter(({ $type }) => $type === 'bpmn:Collaboration');

function isActivity(element: ModdleElement): boolean {
  return (
    /(Task|SubProcess|CallActivity|Transaction)$/.test(element.$type) && flagOf(element, 'triggeredByEvent') !== true
  );
}

function refuse(element: ModdleElement, problems: ProblemList, why: string, remedy: string): void {
  problems.add(element, { code: 'broken-compensation', message: `${titleOf(element)} ${why}.`, remedy });
}
