import { apply } from '../../appliers/apply.ts';
import { createInstance, emptyInstance } from '../../create-instance.ts';
import type { HistoryRecord } from '../../history-event.ts';
import type { Instance } from '../../instance.ts';
import { InstanceDraft } from '../../instance-draft.ts';
import { instanceRows } from '../../instance-rows.ts';
import { checkLiving } from '../../testing/check-state.ts';

/**
 * The instance as its history tells it, kept up step by step: replaying from the beginning after every step, as `checkState`
 * does, costs the square of the length of the history.
 */
export class ReplayedInstance {
  #instance: Instance | null = null;

  /** Applies the records of one command and compares the state; throws when they differ or something hangs on the dead. */
  follow(records: readonly HistoryRecord[], instance: Instance): void {
    const first = records[0]?.event;
    const before = this.#instance ?? (first?.kind === 'instanceStarted' ? emptyInstance(first.header) : null);
    if (before === null) throw new Error('Expected a history that begins with instanceStarted');
    const draft = new InstanceDraft(before);
    for (const record of records) {
      if (record.sequence !== draft.historyLength + 1) {
        throw new Error(`Expected history record ${draft.historyLength + 1}, but found ${record.sequence}`);
      }
      apply(draft, record.event, record.at);
    }
    this.#instance = draft.finish();
    const rows = instanceRows(instance);
    same('the history, applied,', instanceRows(this.#instance), rows);
    const rebuilt = createInstance(rows);
    same('the children index', indexes(instance).children, indexes(rebuilt).children);
    same('the waits index', indexes(instance).waits, indexes(rebuilt).waits);
    checkLiving(instance);
  }
}

function indexes({ children, waits }: Instance): { readonly children: unknown; readonly waits: unknown } {
  return {
    children: [...children.entries()].map(([key, inner]) => [key, [...inner.keys()]]),
    waits: [...waits.entries()].map(([key, inner]) => [key, [...inner]]),
  };
}

function same(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`Expected ${what} to be\n${b}\nbut found\n${a}`);
}
