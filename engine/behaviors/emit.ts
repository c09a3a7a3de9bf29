import { apply } from '../appliers/apply.ts';
import type { HistoryEvent } from '../history-event.ts';
import type { Run } from './run.ts';

/** Records what happened and applies it: the only way to change the instance. */
export function emit(run: Run, event: HistoryEvent): void {
  const record = { sequence: run.draft.historyLength + 1, at: run.now, by: run.command.by, event };
  apply(run.draft, record);
  run.history.push(record);
}
