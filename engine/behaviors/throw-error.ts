import type { ElementInstance, ErrorCatches } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import { isActivity, type BoundaryEvent } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { scopeChain } from './read-variables.ts';
import { nodeById, schedule, type Run } from './run.ts';
import { terminateElement } from './terminate-element.ts';

export interface ThrownError {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly variables: VariableMap;
}

type Catcher =
  | { readonly kind: 'boundary'; readonly event: BoundaryEvent; readonly host: ElementInstance }
  | { readonly kind: 'parent' };

/** Who catches an error thrown at this element: innermost first, the exact code before a catch-all; none is an incident. */
export function findCatcher(run: Run, elementInstanceKey: Key, errorCode: string): Catcher | null {
  for (const key of scopeChain(run, elementInstanceKey)) {
    const host = run.draft.elements.get(key);
    if (host === undefined) continue;
    const event = errorBoundaryOf(run, host, errorCode);
    if (event !== null) return { kind: 'boundary', event, host };
  }
  const catches = run.draft.header.parent?.catches;
  return catches !== undefined && (catches.all || catches.codes.includes(errorCode)) ? { kind: 'parent' } : null;
}

/** Hands the error to its catcher: the host ends, the boundary event starts. */
export function throwError(run: Run, catcher: Catcher, error: ThrownError): void {
  if (catcher.kind === 'parent') {
    throwToParent(run, error);
    return;
  }
  const { event, host } = catcher;
  if (host.scopeKey === null) return;
  const { errorCode, errorMessage } = error;
  emit(run, { kind: 'errorCaught', elementInstanceKey: host.key, elementId: event.id, errorCode, errorMessage });
  schedule(run, { kind: 'activate', scopeKey: host.scopeKey, nodeId: event.id, variables: error.variables });
  terminateElement(run, host.key);
}

/** The codes that are caught from here outwards, for a called instance to know what its caller catches. */
export function catchesAround(run: Run, elementInstanceKey: Key): ErrorCatches {
  const codes = new Set(run.draft.header.parent?.catches.codes);
  let all = run.draft.header.parent?.catches.all ?? false;
  for (const key of scopeChain(run, elementInstanceKey)) {
    const host = run.draft.elements.get(key);
    if (host === undefined) continue;
    for (const event of errorBoundaries(run, host)) {
      if (event.code === undefined) all = true;
      else codes.add(event.code);
    }
  }
  return { all, codes: [...codes].sort() };
}

function throwToParent(run: Run, error: ThrownError): void {
  const { header } = run.draft;
  if (header.parent === null) return;
  terminateElement(run, header.processInstanceKey);
  emit(run, { kind: 'instanceTerminated' });
  run.effects.push({
    kind: 'throwErrorInParent',
    processInstanceKey: header.parent.processInstanceKey,
    elementInstanceKey: header.parent.elementInstanceKey,
    ...error,
  });
}

function errorBoundaryOf(run: Run, host: ElementInstance, errorCode: string): BoundaryEvent | null {
  const events = errorBoundaries(run, host);
  const match = events.find(({ code }) => code === errorCode) ?? events.find(({ code }) => code === undefined);
  return match?.event ?? null;
}

interface ErrorBoundary {
  readonly event: BoundaryEvent;
  readonly code: string | undefined;
}

/** The boundary events of a multi-instance activity sit on its body, not on its iterations. */
function errorBoundaries(run: Run, host: ElementInstance): readonly ErrorBoundary[] {
  if (host.elementType === 'process' || host.loopIndex !== null) return [];
  const node = nodeById(run, host.elementId);
  if (!isActivity(node)) return [];
  const events: ErrorBoundary[] = [];
  for (const id of node.boundaryEventIds) {
    const event = nodeById(run, id);
    if (event.type === 'boundaryEvent' && event.event.kind === 'error') {
      events.push({ event, code: event.event.error.code });
    }
  }
  return events;
}
