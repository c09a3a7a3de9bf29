import { advance } from '../../advance.ts';
import type { Command } from '../../command.ts';
import type { Instance } from '../../instance.ts';
import type { Key } from '../../key.ts';
import type { ProcessModel } from '../../model/process-model.ts';
import type { RowChanges } from '../../outcome.ts';
import type { RowView } from '../../table.ts';
import { shippedCalendars } from '../../time/test/shipped-calendars.ts';

const none = (): undefined => undefined;
const library = {
  calendars: shippedCalendars,
  zone: 'Europe/Moscow',
  findDecision: none,
  findForm: none,
  findProcess: none,
};

/**
 * `changes` names exactly the rows in which the instance after differs from the instance before: asked with a command that
 * ends everything, so every row that was there must be named as gone. Throws otherwise.
 */
export function checkChanges(model: ProcessModel, before: Instance): void {
  if (before.header.state !== 'active') return;
  const command: Command = { kind: 'cancelInstance', byParent: true, now: 2 ** 41, firstKey: 2 ** 40, by: 'x' };
  const outcome = advance({ model, library }, before, command);
  if (!outcome.accepted) throw new Error(`Expected a running instance to end, but: ${outcome.rejection.message}`);
  const { changes } = outcome;
  for (const table of [
    'elements',
    'tokens',
    'loopItems',
    'loopResults',
    'userTasks',
    'jobs',
    'timers',
    'subscriptions',
  ] as const) {
    sameKeys(table, changes[table], before[table]);
  }
  if (![...changes.variables.values()].every((row) => row === null)) {
    throw new Error('Expected no variable to outlive its instance');
  }
}

function sameKeys(table: string, changes: RowChanges<unknown>, before: RowView<unknown>): void {
  const gone = [...changes].filter(([, row]) => row === null).map(([key]) => key);
  const sorted = (keys: Iterable<Key>) => [...keys].sort((a, b) => a - b).join();
  if (gone.length !== changes.size) throw new Error(`Expected ${table} to lose rows and gain none`);
  if (sorted(gone) !== sorted(before.keys())) {
    throw new Error(
      `Expected the changes to name the ${table} ${sorted(before.keys())}, but they name ${sorted(gone)}`,
    );
  }
}
