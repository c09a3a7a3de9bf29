import type { Instance } from '../instance.ts';
import type { JsonValue, VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import type { SimulatedInstances } from './simulated-instances.ts';

interface WorkRow {
  readonly key: Key;
  readonly processInstanceKey: Key;
  readonly elementInstanceKey: Key;
  readonly elementId: string;
  /** The element's name, or its id when it has none. */
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the element sees: its own variables hide those of the scopes around it. */
  readonly variables: VariableMap;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** An open job, whether a worker may take it now or not. */
export interface JobRow extends WorkRow {
  readonly type: string;
  readonly retries: number;
  readonly errorMessage: string | null;
  readonly availableAt: number;
  /** False while it waits for its back-off, and when no retries are left. */
  readonly available: boolean;
}

export interface UserTaskRow extends WorkRow {
  readonly assignee: string | null;
  readonly candidateUsers: readonly string[];
  readonly candidateGroups: readonly string[];
  readonly dueAt: number | null;
  readonly followUpAt: number | null;
  readonly priority: number;
  readonly formId: string | null;
}

export interface WorkFilter {
  readonly elementId?: string;
  readonly processInstanceKey?: Key;
}
export interface JobFilter extends WorkFilter {
  readonly type?: string;
}
export interface UserTaskFilter extends WorkFilter {
  readonly name?: string;
  readonly assignee?: string | null;
  readonly candidateGroup?: string;
}

/** Open jobs in the order in which they were created. */
export function listJobs(instances: SimulatedInstances, filter: JobFilter): readonly JobRow[] {
  const rows: JobRow[] = [];
  for (const { instance } of chosen(instances, filter)) {
    const { nodes } = instances.modelOf(instance);
    for (const job of instance.jobs.values()) {
      const { key, elementInstanceKey, elementId, type, retries, headers, availableAt, errorMessage, createdAt } = job;
      if (filter.type !== undefined && filter.type !== type) continue;
      if (filter.elementId !== undefined && filter.elementId !== elementId) continue;
      rows.push({
        key,
        processInstanceKey: instance.header.processInstanceKey,
        elementInstanceKey,
        elementId,
        name: nodes.get(elementId)?.name || elementId,
        type,
        headers,
        variables: variablesInSight(instance, elementInstanceKey),
        retries,
        errorMessage,
        createdAt,
        availableAt,
        available: retries > 0 && availableAt <= instances.now,
      });
    }
  }
  return rows.sort(byKey);
}

/** Open user tasks in the order in which they were created. */
export function listUserTasks(instances: SimulatedInstances, filter: UserTaskFilter): readonly UserTaskRow[] {
  const rows: UserTaskRow[] = [];
  for (const { instance } of chosen(instances, filter)) {
    for (const task of instance.userTasks.values()) {
      const { form, deadline, ...shown } = task;
      if (filter.elementId !== undefined && filter.elementId !== task.elementId) continue;
      if (filter.name !== undefined && filter.name !== task.name) continue;
      if (filter.assignee !== undefined && filter.assignee !== task.assignee) continue;
      if (filter.candidateGroup !== undefined && !task.candidateGroups.includes(filter.candidateGroup)) continue;
      rows.push({
        ...shown,
        processInstanceKey: instance.header.processInstanceKey,
        variables: variablesInSight(instance, task.elementInstanceKey),
        formId: form?.formId ?? null,
      });
    }
  }
  return rows.sort(byKey);
}

function chosen(instances: SimulatedInstances, { processInstanceKey }: WorkFilter) {
  if (processInstanceKey === undefined) return [...instances.all.values()];
  const one = instances.get(processInstanceKey);
  return one === undefined ? [] : [one];
}

function variablesInSight(instance: Instance, elementInstanceKey: Key): VariableMap {
  const seen: Record<string, JsonValue> = {};
  let key: Key | null = elementInstanceKey;
  while (key !== null) {
    for (const { name, value } of instance.variables.get(key)?.values() ?? []) {
      if (!Object.hasOwn(seen, name)) seen[name] = value;
    }
    key = instance.elements.get(key)?.scopeKey ?? null;
  }
  return seen;
}

function byKey(a: WorkRow, b: WorkRow): number {
  return a.key - b.key;
}
