import type { HistoryEvent, Key, TaskDeadline } from '#engine';
import type { DiagramView } from '#contract';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import type { Principal } from '../identity/principal.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { readTree, requireCase, type InstanceRow } from './case-access.ts';
import { isHolder } from './scope-types.ts';

/** More diagrams than this are a multi-instance call; the first ones stand for the rest. */
const MAX_DIAGRAMS = 30;
const MINUTE = 60_000;

export interface CaseDiagram {
  /** @throws Refused `not-found` */
  read(caseKey: Key, principal: Principal): Promise<DiagramView>;
}

interface ElementRow {
  readonly element_instance_key: Key;
  readonly element_id: string;
  readonly element_type: string;
  readonly state: string;
  readonly started_at: number;
  readonly ended_at: number | null;
}

export function createCaseDiagram(deps: {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly now: () => number;
}): CaseDiagram {
  const { database, definitions, now } = deps;
  const reader = readerOf(database);

  const readInstance = async (row: InstanceRow): Promise<DiagramView['diagrams'][number]> => {
    const place = [row.bucket, row.process_instance_key];
    const elements = await queryRows<ElementRow>(
      reader,
      `SELECT element_instance_key, element_id, element_type, state, started_at, ended_at FROM element_instance
       WHERE bucket = ? AND process_instance_key = ? AND element_type <> 'process' ORDER BY started_at`,
      place,
    );
    const tasks = await queryRows<{ element_id: string; sort_due_at: number | null; deadline: string }>(
      reader,
      `SELECT element_id, sort_due_at, deadline FROM user_task WHERE bucket = ? AND process_instance_key = ? AND ended_at IS NULL`,
      place,
    );
    const incidents = await queryRows<{ element_id: string }>(
      reader,
      `SELECT element_id FROM incident WHERE bucket = ? AND process_instance_key = ? AND ended_at IS NULL`,
      place,
    );
    const flows = await queryRows<{ event: string }>(
      reader,
      `SELECT DISTINCT event FROM history_event WHERE bucket = ? AND process_instance_key = ? AND kind = 'sequenceFlowTaken'`,
      place,
    );
    const overdue = new Set(tasks.filter((task) => isOverdue(task, now())).map(({ element_id }) => element_id));
    const stopped = new Set(incidents.map(({ element_id }) => element_id));
    const live = elements.filter(({ ended_at }) => ended_at === null);
    const done = elements.filter(({ state, ended_at }) => state === 'completed' && ended_at !== null);
    const flowIds = flows.map(
      ({ event }) => (JSON.parse(event) as Extract<HistoryEvent, { kind: 'sequenceFlowTaken' }>).flowId,
    );
    return {
      processInstanceKey: String(row.process_instance_key),
      processId: row.process_id,
      processName: row.process_name,
      version: row.definition_version,
      xml: await definitions.content(row.process_definition_key),
      active: [...groupById(live)].map(([elementId, group]) => ({
        elementId,
        count: withoutBodies(group).length,
        since: new Date(group[0]!.started_at).toISOString(),
        overdue: overdue.has(elementId),
        incident: stopped.has(elementId),
      })),
      completed: [...groupById(done)].map(([elementId, group]) => ({
        elementId,
        count: withoutBodies(group).length,
        minutes: Math.round(
          withoutBodies(group).reduce((sum, one) => sum + one.ended_at! - one.started_at, 0) / MINUTE,
        ),
      })),
      flowsTaken: [...new Set(flowIds)],
    };
  };

  return {
    async read(caseKey, principal) {
      await requireCase(reader, caseKey, principal);
      const tree = await readTree(reader, caseKey);
      const diagrams = [];
      for (const row of tree.slice(0, MAX_DIAGRAMS)) diagrams.push(await readInstance(row));
      return { diagrams };
    },
  };
}

function isOverdue(task: { readonly sort_due_at: number | null; readonly deadline: string }, now: number): boolean {
  const deadline = JSON.parse(task.deadline) as TaskDeadline | null;
  return deadline?.breached === true || (task.sort_due_at !== null && task.sort_due_at < now);
}

function groupById(rows: readonly ElementRow[]): ReadonlyMap<string, readonly ElementRow[]> {
  const groups = new Map<string, ElementRow[]>();
  for (const row of rows) groups.set(row.element_id, [...(groups.get(row.element_id) ?? []), row]);
  return groups;
}

/** The body of a multi-instance has the id of its iterations; it is counted only while it has none. */
function withoutBodies(rows: readonly ElementRow[]): readonly ElementRow[] {
  const iterations = rows.filter(({ element_type }) => !isHolder(element_type));
  return iterations.length > 0 ? iterations : rows;
}
