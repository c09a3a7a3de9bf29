import type { HistoryEventOfKind } from '../history-event.ts';
import type { IncidentRetry } from '../instance.ts';
import type { InstanceDraft } from '../instance-draft.ts';
import type { Key } from '../key.ts';
import type { TableDraft } from '../table.ts';

export function instanceMigrated(draft: InstanceDraft, event: HistoryEventOfKind<'instanceMigrated'>): void {
  const { processDefinitionKey, deploymentKey, processId, definitionVersion, versionTag } = event;
  const target = { processDefinitionKey, deploymentKey, processId, definitionVersion, versionTag };
  draft.header = { ...draft.header, ...target };
}

/** The element with everything that hangs on it; the tokens in it have events of their own. */
export function elementMigrated(draft: InstanceDraft, event: HistoryEventOfKind<'elementMigrated'>): void {
  const { elementInstanceKey, fromElementId, elementId, memory, events } = event;
  draft.updateElement(elementInstanceKey, { elementId, ...(memory === null ? {} : { memory }) });
  const renamed = (id: string): string => (id === fromElementId ? elementId : (events[id] ?? id));
  for (const { kind, key } of draft.waits.get(elementInstanceKey) ?? []) {
    switch (kind) {
      case 'userTask':
        rename(draft.userTasks, key, renamed);
        break;
      case 'job':
        rename(draft.jobs, key, renamed);
        break;
      case 'timer':
        rename(draft.timers, key, renamed);
        break;
      case 'subscription':
        rename(draft.subscriptions, key, renamed);
        break;
      case 'incident': {
        const incident = draft.incidents.get(key);
        if (incident === undefined) break;
        const retry = retryBy(incident.retry, renamed);
        draft.incidents.set(key, { ...incident, elementId: renamed(incident.elementId), retry });
        break;
      }
      case 'token':
        break;
    }
  }
}

function retryBy(retry: IncidentRetry, renamed: (id: string) => string): IncidentRetry {
  if (retry.kind === 'reopen') return { ...retry, eventId: renamed(retry.eventId) };
  if (retry.kind !== 'activate' && retry.kind !== 'start') return retry;
  const { occurrence } = retry;
  if (occurrence?.eventId === undefined) return retry;
  return { ...retry, occurrence: { ...occurrence, eventId: renamed(occurrence.eventId) } };
}

function rename<Row extends { readonly elementId: string }>(
  rows: TableDraft<Row>,
  key: Key,
  renamed: (id: string) => string,
): void {
  const row = rows.get(key);
  if (row !== undefined && renamed(row.elementId) !== row.elementId) {
    rows.set(key, { ...row, elementId: renamed(row.elementId) });
  }
}
