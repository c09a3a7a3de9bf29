import type { Transaction } from '../model/process-model.ts';
import { catches } from './compile-compensation.ts';
import { elementOf, elementsOf, flagOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** A cancel end event stands inside a transaction, and only on its border waits who takes over (BPMN 2.0.2 §10.3.5). */
export function checkCancelEnd(element: ModdleElement, problems: ProblemList): void {
  let scope = elementOf(element, '$parent');
  while (scope !== undefined && scope.$type !== 'bpmn:Transaction') scope = elementOf(scope, '$parent');
  if (scope !== undefined) return;
  refuse(element, problems, 'stands outside a transaction', 'Put it into a transaction, or throw compensation.');
}

export function checkCancelBoundary(element: ModdleElement, host: ModdleElement, problems: ProblemList): void {
  if (host.$type !== 'bpmn:Transaction') {
    refuse(element, problems, `sits on ${titleOf(host)}, which is no transaction`, 'Make it a transaction.');
  }
  if (flagOf(element, 'cancelActivity') === false) {
    refuse(element, problems, 'always ends its transaction', 'Remove cancelActivity="false".');
  }
}

/** At most one cancel boundary event takes over; without one a canceled transaction is the end of its token (ADR 0013). */
export function compileTransaction(
  element: ModdleElement,
  boundaries: readonly ModdleElement[],
  problems: ProblemList,
): Pick<Transaction, 'endsWhenCanceled'> {
  const [first, another] = boundaries.filter((event) => catches(event, 'Cancel'));
  if (another !== undefined)
    refuse(another, problems, 'is a second cancel event of its transaction', 'Keep one of them.');
  if (first !== undefined || !canBeCanceled(element)) return {};
  problems.assume(element, 'no-cancel-boundary', element.id ?? '');
  return { endsWhenCanceled: true };
}

/** A cancel end event of an inner transaction cancels that one. */
function canBeCanceled(scope: ModdleElement): boolean {
  return elementsOf(scope, 'flowElements').some((element) =>
    element.$type === 'bpmn:EndEvent'
      ? catches(element, 'Cancel')
      : element.$type !== 'bpmn:Transaction' && canBeCanceled(element),
  );
}

function refuse(element: ModdleElement, problems: ProblemList, why: string, remedy: string): void {
  problems.add(element, { code: 'broken-transaction', message: `${titleOf(element)} ${why}.`, remedy });
}
