import type { Catches, ElementInstance } from '../instance.ts';
import type { Key } from '../key.ts';
import { definitionsOf } from '../model/definitions-of.ts';
import type { EventDefinition } from '../model/event-definition.ts';
import { isActivity, type BoundaryEvent } from '../model/process-model.ts';
import { eventHandlersOf, type EventHandler } from './event-sub-process.ts';
import { scopeChain } from './read-variables.ts';
import { nodeById, type Run } from './run.ts';

/** What looks for its handler when it is thrown. */
export interface Thrown {
  readonly kind: 'error' | 'escalation';
  readonly code: string;
}

export type Catcher =
  | { readonly kind: 'boundary'; readonly event: BoundaryEvent; readonly host: ElementInstance }
  | { readonly kind: 'eventSubProcess'; readonly handler: EventHandler; readonly scope: ElementInstance }
  /** A handler above the call activity that started this instance. */
  | { readonly kind: 'parent'; readonly interrupting: boolean };

interface Candidate {
  readonly catcher: Exclude<Catcher, { kind: 'parent' }>;
  readonly interrupting: boolean;
  /** Undefined catches every code. */
  readonly code: string | undefined;
}

/**
 * Who catches what is thrown at this element (BPMN 2.0.2 §13.5.3): of each scope its event sub-processes, then the
 * boundary events on it, then outward; the exact code before a catch-all; across a call activity what its header says.
 */
export function findCatcher(run: Run, elementInstanceKey: Key, thrown: Thrown): Catcher | null {
  for (const level of levelsAround(run, elementInstanceKey, thrown.kind)) {
    const match = level.find(({ code }) => code === thrown.code) ?? level.find(({ code }) => code === undefined);
    if (match !== undefined) return match.catcher;
  }
  return catchInParent(run.draft.header.parent?.catches, thrown);
}

function catchInParent(catches: Catches | undefined, { kind, code }: Thrown): Catcher | null {
  if (catches === undefined) return null;
  if (kind === 'error')
    return catches.all || catches.codes.includes(code) ? { kind: 'parent', interrupting: true } : null;
  const match = catches.escalations?.find((handler) => handler.code === code || handler.code === null);
  return match === undefined ? null : { kind: 'parent', interrupting: match.interrupting };
}

/** What is caught from here outwards, for a called instance to know what its caller catches. */
export function catchesAround(run: Run, elementInstanceKey: Key): Catches {
  const outer = run.draft.header.parent?.catches;
  const errors = [...levelsAround(run, elementInstanceKey, 'error')].flat();
  const codes = new Set([
    ...(outer?.codes ?? []),
    ...errors.map(({ code }) => code).filter((code) => code !== undefined),
  ]);
  const escalations = [...levelsAround(run, elementInstanceKey, 'escalation')]
    .flatMap((level) => [...level].sort((a, b) => Number(a.code === undefined) - Number(b.code === undefined)))
    .map(({ code, interrupting }) => ({ code: code ?? null, interrupting }));
  return {
    all: (outer?.all ?? false) || errors.some(({ code }) => code === undefined),
    codes: [...codes].sort(),
    escalations: [...escalations, ...(outer?.escalations ?? [])],
  };
}

/** The handlers around an element, level by level, inside out. */
function* levelsAround(run: Run, elementInstanceKey: Key, kind: Thrown['kind']): Generator<readonly Candidate[]> {
  let inside: ElementInstance | null = null;
  for (const key of scopeChain(run, elementInstanceKey)) {
    const host = run.draft.elements.get(key);
    if (host === undefined) continue;
    yield handlersInside(run, host, { kind, inside });
    yield boundariesOn(run, host, kind);
    inside = host;
  }
}

/**
 * A handler never catches what its own body throws, and nothing of a scope catches once the scope was interrupted or
 * has begun to be undone.
 */
function handlersInside(
  run: Run,
  scope: ElementInstance,
  { kind, inside }: { readonly kind: Thrown['kind']; readonly inside: ElementInstance | null },
): readonly Candidate[] {
  const isOver = scope.memory?.interruptedBy !== undefined || scope.state === 'compensating';
  if (isOver || !isScopeItself(scope)) return [];
  return eventHandlersOf(run, scope.elementId)
    .filter(({ eventSubProcess }) => eventSubProcess.id !== inside?.elementId)
    .flatMap((handler) =>
      codesOf(handler.start.event, kind).map((code) => ({
        catcher: { kind: 'eventSubProcess' as const, handler, scope },
        interrupting: handler.start.interrupting,
        code,
      })),
    );
}

/** The boundary events of a multi-instance activity sit on its body, not on its iterations. */
function boundariesOn(run: Run, host: ElementInstance, kind: Thrown['kind']): readonly Candidate[] {
  if (host.elementType === 'process' || host.elementType === 'adHocInnerInstance' || host.loopIndex !== null) return [];
  // What is being undone has no border any more; a canceled transaction still has.
  if (host.state === 'compensating' && host.memory?.canceled !== true) return [];
  const node = nodeById(run, host.elementId);
  if (!isActivity(node)) return [];
  return node.boundaryEventIds.flatMap((id) => {
    const event = nodeById(run, id);
    if (event.type !== 'boundaryEvent') return [];
    const { interrupting } = event;
    return codesOf(event.event, kind).map((code) => ({
      catcher: { kind: 'boundary' as const, event, host },
      interrupting,
      code,
    }));
  });
}

function codesOf(event: EventDefinition, kind: Thrown['kind']): readonly (string | undefined)[] {
  return definitionsOf(event).flatMap((definition) => (definition.kind === kind ? [definition.code] : []));
}

/** A loop body and an inner flow of an ad-hoc sub-process bear the id of a scope without being it. */
function isScopeItself({ elementType }: ElementInstance): boolean {
  return elementType !== 'multiInstanceBody' && elementType !== 'adHocInnerInstance';
}
