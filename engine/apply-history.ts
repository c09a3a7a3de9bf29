import { apply } from './appliers/apply.ts';
import { emptyInstance } from './create-instance.ts';
import type { HistoryRecord } from './history-event.ts';
import type { Instance } from './instance.ts';
import { InstanceDraft } from './instance-draft.ts';

/**
 * The instance that a complete history gives. A test oracle: the stored rows are the truth, and history is never
 * replayed across releases. Throws when the history does not begin with `instanceStarted`.
 */
export function applyHistory(records: readonly HistoryRecord[]): Instance {
  const first = records[0]?.event;
  if (first?.kind !== 'instanceStarted') throw new Error('Expected a history that begins with instanceStarted');
  const draft = new InstanceDraft(emptyInstance(first.header));
  for (const record of records) apply(draft, record.event, record.at);
  return draft.finish();
}
