import { apply } from '../appliers/apply.ts';
import type { HistoryEvent } from '../history-event.ts';
import type { Key } from '../key.ts';
import type { Run } from './run.ts';

/** Records what happened and applies it: the only way to change the instance. */
export function emit(run: Run, event: HistoryEvent): void {
  if (run.hasRuleJoins) noteMove(run, event);
  const record = { sequence: run.draft.historyLength + 1, at: run.now, by: run.command.by, event };
  apply(run.draft, record);
  run.history.push(record);
}

/** Where a token comes, goes or gets stuck, a join may open. Before the event is applied: an element that ends is still there. */
function noteMove(run: Run, event: HistoryEvent): void {
  const scopeKey = movedIn(run, event);
  if (scopeKey !== null) run.moved.add(scopeKey);
}

function movedIn(run: Run, event: HistoryEvent): Key | null {
  switch (event.kind) {
    case 'elementActivated':
      return event.element.scopeKey;
    case 'elementRemembered':
    case 'elementCompleted':
    case 'elementTerminated':
      return run.draft.elements.get(event.elementInstanceKey)?.scopeKey ?? null;
    case 'tokenArrived':
    case 'tokenConsumed':
      return event.token.scopeKey;
    default:
      return null;
  }
}
