import type { ElementInstance, Undoing } from '../instance.ts';
import type { Key } from '../key.ts';
import { emit } from './emit.ts';
import { schedule, type Run } from './run.ts';

/**
 * The scopes whose records somebody works off. A scope undoes what is in it; a compensation event undoes what completed
 * beside it, and inside an event sub-process also what completed in the scope around that (§10.5.5, "visible").
 */
export function scopesUndoneBy(run: Run, driver: ElementInstance): readonly ElementInstance[] {
  if (driver.state === 'compensating') return driver.memory?.canceled === true ? stoppedIn(run, driver) : [driver];
  const scopes: ElementInstance[] = [];
  let scope = driver.scopeKey === null ? undefined : run.draft.elements.get(driver.scopeKey);
  while (scope !== undefined) {
    scopes.push(scope);
    const isInside = scope.elementType === 'eventSubProcess' || scope.elementType === 'adHocInnerInstance';
    const around = isInside ? scope.scopeKey : null;
    scope = around === null ? undefined : run.draft.elements.get(around);
  }
  return scopes;
}

/** A canceled transaction with the scopes inside it that were stopped with something to undo. */
function stoppedIn(run: Run, scope: ElementInstance): readonly ElementInstance[] {
  const inside = [...run.draft.childrenOf(scope.key).keys()].map((key) => run.draft.elements.get(key));
  return [scope, ...inside.flatMap((one) => (one?.state === 'compensating' ? stoppedIn(run, one) : []))];
}

/** A compensation event begins to undo; events that undo the same scope do it one after another. */
export function joinQueue(run: Run, thrower: ElementInstance, undoing: Undoing): void {
  remember(run, thrower, { undoing });
  for (const scope of scopesUndoneBy(run, thrower)) {
    const waiting = liveThrowers(run, scope);
    // An event that throws several times keeps its place.
    if (!waiting.includes(thrower.key)) remember(run, scope, { throwers: [...waiting, thrower.key] });
  }
  goOnUndoing(run, thrower.key);
}

export function isBehindAnother(run: Run, driver: ElementInstance): boolean {
  if (driver.state === 'compensating') return false;
  return scopesUndoneBy(run, driver).some((scope) => liveThrowers(run, scope)[0] !== driver.key);
}

/** The event is done or gone: the ones behind it look again. */
export function leaveQueue(run: Run, thrower: ElementInstance): void {
  for (const scope of scopesUndoneBy(run, thrower)) {
    for (const key of liveThrowers(run, scope)) if (key !== thrower.key) goOnUndoing(run, key);
  }
}

/** Has whoever waits for something to be undone look for the next thing. */
export function goOnUndoing(run: Run, driverKey: Key): void {
  const driver = run.draft.elements.get(driverKey);
  if (driver !== undefined) schedule(run, { kind: 'undo', scopeKey: driver.scopeKey ?? driver.key, driverKey });
}

export function remember(run: Run, element: ElementInstance, memory: NonNullable<ElementInstance['memory']>): void {
  emit(run, { kind: 'elementRemembered', elementInstanceKey: element.key, elementId: element.elementId, memory });
}

/** One that has undone everything and is stuck on its way out holds nobody up. */
function liveThrowers(run: Run, scope: ElementInstance): readonly Key[] {
  const now = run.draft.elements.get(scope.key);
  return (now?.memory?.throwers ?? []).filter((key) => run.draft.elements.get(key)?.state === 'active');
}
