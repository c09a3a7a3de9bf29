import type { InstanceRows } from './create-instance.ts';
import type { Instance } from './instance.ts';
import type { Key } from './key.ts';
import type { RowView } from './table.ts';

/** The rows of an instance in key order: what is stored, and the canonical form in which two states are compared. */
export function instanceRows(instance: Instance): InstanceRows {
  return {
    header: instance.header,
    elements: inOrder(instance.elements),
    variables: inOrder(instance.variables)
      .flatMap((scope) => [...scope.values()])
      .sort((a, b) => a.variableKey - b.variableKey),
    tokens: inOrder(instance.tokens),
    loopItems: inOrder(instance.loopItems),
    loopResults: inOrder(instance.loopResults),
    compensations: inOrder(instance.compensations),
    userTasks: inOrder(instance.userTasks),
    jobs: inOrder(instance.jobs),
    timers: inOrder(instance.timers),
    subscriptions: inOrder(instance.subscriptions),
    incidents: inOrder(instance.incidents),
  };
}

function inOrder<Row>(table: RowView<Row>): Row[] {
  const entries: [Key, Row][] = [...table.entries()].sort(([a], [b]) => a - b);
  return entries.map(([, row]) => row);
}
