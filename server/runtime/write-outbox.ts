import { assertNever, bucketOf } from '#engine';
import type { Executor } from '../database/connect.ts';
import type { RowOf } from '../database/table-spec.ts';
import { insertNewRows } from '../database/write-rows.ts';
import { isTreeEffect, type FollowUp, type OutboxEffect } from './follow-up.ts';
import { outboxTable } from './instance-tables.ts';
import { openedAfterThrow, planSignalDeliveries, type SignalDelivery } from './signal-receivers.ts';
import type { UnnamedStep } from './tree-run.ts';

type OutboxRow = RowOf<typeof outboxTable>;

/** What one command came to, in the order in which the commands of a transaction ran. */
export interface CommandSteps {
  readonly steps: readonly UnnamedStep[];
  readonly left: readonly FollowUp[];
}

/**
 * Stores what must leave the trees after the commit: messages, signals, deadline notices, and follow-ups beyond the limit
 * of one command. The steps are stored already. A repeat has the same id and changes nothing.
 * @returns how many rows
 */
export async function writeOutbox(tx: Executor, commands: readonly CommandSteps[], now: number): Promise<number> {
  const all = commands.flatMap(({ steps }) => steps);
  const rows: OutboxRow[] = [];
  for (const [stepIndex, { accepted }] of all.entries()) {
    const { processInstanceKey, rootProcessInstanceKey, historyLength } = accepted.instance.header;
    const leaving = accepted.effects.filter((effect): effect is OutboxEffect => !isTreeEffect(effect));
    let signals = 0;
    for (const [at, effect] of leaving.entries()) {
      const place = { bucket: bucketOf(processInstanceKey), id: `${processInstanceKey}:${historyLength}:${at}`, now };
      switch (effect.kind) {
        case 'publishMessage':
        case 'notifyDeadline': {
          const from = {
            fromProcessInstanceKey: processInstanceKey,
            fromRootProcessInstanceKey: rootProcessInstanceKey,
          };
          rows.push(outboxRow(place, effect.kind, { ...effect, ...from }));
          break;
        }
        case 'broadcastSignal': {
          const { signalId, name, variables } = effect;
          const openedLater = openedAfterThrow(all, { stepIndex, nth: signals });
          signals += 1;
          const others = { openedLater, thrownBy: processInstanceKey };
          rows.push(...deliveryRows(place, await planSignalDeliveries(tx, { signalId, name, variables }, others)));
          break;
        }
        default:
          assertNever(effect);
      }
    }
  }
  for (const { steps, left } of commands) {
    const lastLength = steps.at(-1)?.accepted.instance.header.historyLength ?? 0;
    left.forEach((followUp, at) => {
      const place = { bucket: bucketOf(followUp.from), id: `${followUp.from}:${lastLength}:left:${at}`, now };
      rows.push(outboxRow(place, 'followUp', followUp));
    });
  }
  await insertNewRows(tx, outboxTable, rows);
  return rows.length;
}

interface OutboxPlace {
  readonly bucket: number;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Stores a signal that came from outside any instance. */
export async function writeSignal(
  tx: Executor,
  place: OutboxPlace,
  deliveries: readonly SignalDelivery[],
): Promise<void> {
  await insertNewRows(tx, outboxTable, deliveryRows(place, deliveries));
}

function deliveryRows(place: OutboxPlace, deliveries: readonly SignalDelivery[]): readonly OutboxRow[] {
  return deliveries.map((delivery, part) => outboxRow({ ...place, id: `${place.id}:${part}` }, 'signal', delivery));
}

function outboxRow({ bucket, id, now }: OutboxPlace, kind: string, payload: unknown): OutboxRow {
  return {
    bucket,
    outbox_id: id,
    kind,
    payload,
    created_at: now,
    available_at: now,
    attempts: 0,
    error_message: null,
  };
}
