import { applyHistory } from '../apply-history.ts';
import { createInstance } from '../create-instance.ts';
import type { HistoryRecord } from '../history-event.ts';
import type { Instance } from '../instance.ts';
import { instanceRows } from '../instance-rows.ts';
import type { Key } from '../key.ts';
import type { RowView } from '../table.ts';
import { checkRecords, isUndoing } from './check-compensation.ts';

/**
 * What must hold of an instance after every command; throws with the first that does not.
 * 1. Its history, applied from the beginning, gives its state (replay equality, `style.md` §4 (5)).
 * 2. The indexes `children`, `waits`, `resultsOf` and `records` say what the tables say.
 * 3. Whatever hangs on an element hangs on a live one, and an ended instance has nothing left.
 * 4. What can be undone lies in something that lives or can itself be undone.
 */
export function checkState(instance: Instance, history: readonly HistoryRecord[]): void {
  const key = instance.header.processInstanceKey;
  same(`the history of ${key}, applied,`, instanceRows(applyHistory(history)), instanceRows(instance));
  const rebuilt = createInstance(instanceRows(instance));
  same(`the children index of ${key}`, keysIn(instance.children), keysIn(rebuilt.children));
  same(`the results index of ${key}`, keysIn(instance.resultsOf), keysIn(rebuilt.resultsOf));
  same(`the waits index of ${key}`, waitsOf(instance), waitsOf(rebuilt));
  same(`the records index of ${key}`, keysIn(instance.records), keysIn(rebuilt.records));
  checkLiving(instance);
  checkRecords(instance);
  history.forEach((record, index) => same(`the number of a history record of ${key}`, record.sequence, index + 1));
  same(`the history length of ${key}`, instance.header.historyLength, history.length);
}

/** Whatever hangs on an element hangs on a live one, and a live element waits for something. */
export function checkLiving(instance: Instance): void {
  const { header, elements } = instance;
  const rows = instanceRows(instance);
  const hosts = [
    ...rows.elements.map(({ scopeKey }) => scopeKey ?? header.processInstanceKey),
    ...rows.variables.map(({ scopeKey }) => scopeKey),
    ...rows.tokens.map(({ scopeKey }) => scopeKey),
    ...rows.loopItems.map(({ key }) => key),
    ...rows.loopResults.map(({ bodyKey }) => bodyKey),
    ...[...rows.userTasks, ...rows.jobs, ...rows.timers, ...rows.subscriptions, ...rows.incidents].map(
      ({ elementInstanceKey }) => elementInstanceKey,
    ),
  ];
  for (const host of hosts) {
    if (!elements.has(host))
      throw new Error(`Expected element instance ${host} to live, because something hangs on it`);
  }
  if (header.state === 'active') checkWaiting(instance);
  else same(`what is left of the ended instance ${header.processInstanceKey}`, elements.size, 0);
}

/** A live element has something inside it, or something that will wake it: else the instance stands still for ever. */
function checkWaiting(instance: Instance): void {
  const { header } = instance;
  for (const element of instance.elements.values()) {
    const { key, elementId, elementType, calledInstanceKey, memory } = element;
    // A person may still choose one of its activities.
    if (elementType === 'adHocSubProcess') continue;
    const waits = instance.waits.get(key)?.length ?? 0;
    const children = instance.children.get(key)?.size ?? 0;
    // It waits for nothing of its own: the tokens elsewhere in its scope decide when it resets.
    const resets = memory?.complexGateway?.waitsForReset === true;
    const holds = memory?.heldResult !== undefined && header.suspendedAt !== null;
    if (waits + children === 0 && calledInstanceKey === null && !resets && !holds && !isUndoing(instance, element)) {
      throw new Error(`Expected ${elementId} (${key}) to wait for something, but nothing can wake it`);
    }
  }
}

function keysIn(index: RowView<{ keys(): Iterable<Key> }>): unknown {
  return [...index.entries()].map(([key, inner]) => [key, [...inner.keys()]]);
}

function waitsOf({ waits }: Instance): unknown {
  return [...waits.entries()].map(([key, inner]) => [key, [...inner]]);
}

function same(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`Expected ${what} to be\n${b}\nbut found\n${a}`);
}
