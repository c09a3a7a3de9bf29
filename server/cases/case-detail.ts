import {
  bucketOf,
  fieldLabel,
  type FormModel,
  type JsonValue,
  type Key,
  type TaskDeadline,
  type TaskForm,
} from '#engine';
import type { CaseDetail, FactView, Language, StageView } from '#contract';
import { queryRows, readerOf, type Database, type Executor } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import type { Principal } from '../identity/principal.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { elementTable, userTaskTable } from '../runtime/instance-tables.ts';
import { readRowLabels, type RowReference } from '../registers/row-labels.ts';
import { readDirectory, type Directory } from '../users/directory.ts';
import { viewerOf } from '../user-tasks/task-list.ts';
import type { TaskRow } from '../user-tasks/task-read-model.ts';
import { seesTask } from '../user-tasks/task-visibility.ts';
import { readTree, requireCase, type InstanceRow } from './case-access.ts';
import type { CaseList } from './case-list.ts';
import { elementNames, type ElementNames } from './element-names.ts';
import { factText } from './fact-text.ts';
import { isPart, SCOPES_OF_TASKS_SQL } from './scope-types.ts';

export interface CaseDetails {
  /** @throws Refused `not-found` */
  read(caseKey: Key, asker: { readonly principal: Principal; readonly language: Language }): Promise<CaseDetail>;
}

export interface CaseDetailsDeps {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly caseList: CaseList;
  readonly now: () => number;
}

/** A task of the case with whether the asker may open it. */
interface CaseTask {
  readonly row: TaskRow;
  readonly visible: boolean;
}

export function createCaseDetails({ database, definitions, caseList, now }: CaseDetailsDeps): CaseDetails {
  const reader = readerOf(database);
  return {
    async read(caseKey, { principal, language }) {
      const root = await requireCase(reader, caseKey, principal);
      const tree = await readTree(reader, caseKey);
      const tasks = await readTasks(reader, caseKey, principal);
      const people = tasks.flatMap(({ row }) => [row.assignee, row.completed_by]).filter((name) => name !== null);
      const values = await readRootVariables(reader, tree);
      const groupIds = [...values.values()].filter((value) => typeof value === 'string');
      const directory = await readDirectory(reader, { usernames: [...people, ...groupIds], groupIds, language });
      const nameOf = await elementNames(
        definitions,
        tree.map((row) => row.process_definition_key),
      );
      const [summary] = await caseList.summaries([root], language);
      return {
        case: summary!,
        suspendedAt: root.suspended_at === null ? null : new Date(root.suspended_at).toISOString(),
        stages: stagesOf({ tasks, subProcesses: await readSubProcesses(reader, tree), nameOf, directory, now: now() }),
        facts: await factsOf({ reader, tasks, values, definitions, language, directory }),
        participants: [...new Set(people)].map((username) => ({ username, name: directory.personName(username) })),
      };
    },
  };
}

async function readTasks(executor: Executor, caseKey: Key, principal: Principal): Promise<readonly CaseTask[]> {
  const visible = seesTask(executor.dialect, viewerOf(principal));
  const rows = await queryRows(
    executor,
    `SELECT t.*, CASE WHEN (${visible.sql}) THEN 1 ELSE 0 END AS may_open FROM user_task t
     WHERE t.bucket = ? AND t.root_process_instance_key = ? ORDER BY t.created_at, t.user_task_key LIMIT 2000`,
    [...visible.parameters, bucketOf(caseKey), caseKey],
  );
  return decodeRows(userTaskTable, rows).map((row, index) => ({
    row,
    visible: Number(rows[index]!['may_open']) === 1,
  }));
}

interface SubProcessRow {
  readonly process_instance_key: Key;
  readonly element_instance_key: Key;
  readonly element_id: string;
  readonly element_type: string;
  readonly scope_key: Key | null;
  readonly state: string;
  readonly started_at: number;
  readonly ended_at: number | null;
}

async function readSubProcesses(
  executor: Executor,
  tree: readonly InstanceRow[],
): Promise<ReadonlyMap<Key, SubProcessRow>> {
  const rows = await queryRows(
    executor,
    `SELECT * FROM element_instance WHERE bucket = ? AND process_instance_key IN (${executor.dialect.listFromJson('key')})
       AND element_type IN ${SCOPES_OF_TASKS_SQL} ORDER BY started_at LIMIT 5000`,
    [tree[0]!.bucket, JSON.stringify(tree.map((row) => row.process_instance_key))],
  );
  return new Map(decodeRows(elementTable, rows).map((row) => [row.element_instance_key, row]));
}

/** Current values at the top of each instance of the tree; those of the case itself win over those of called processes. */
async function readRootVariables(
  executor: Executor,
  tree: readonly InstanceRow[],
): Promise<ReadonlyMap<string, JsonValue>> {
  const keys = tree.map((row) => row.process_instance_key);
  const rows = await queryRows<{ scope_key: Key; name: string; value: string }>(
    executor,
    `SELECT scope_key, name, value FROM variable WHERE bucket = ?
       AND process_instance_key IN (${executor.dialect.listFromJson('key')}) AND scope_key = process_instance_key`,
    [tree[0]!.bucket, JSON.stringify(keys)],
  );
  const order = new Map(keys.map((key, index) => [key, index]));
  const sorted = [...rows].sort((a, b) => order.get(b.scope_key)! - order.get(a.scope_key)!);
  return new Map(sorted.map(({ name, value }) => [name, JSON.parse(value) as JsonValue]));
}

interface StageParts {
  readonly tasks: readonly CaseTask[];
  readonly subProcesses: ReadonlyMap<Key, SubProcessRow>;
  readonly nameOf: ElementNames;
  readonly directory: Directory;
  readonly now: number;
}

/** A task inside a sub-process counts as that sub-process: «Разбор» is one stage however many departments look at it. */
function stagesOf(parts: StageParts): StageView[] {
  const stages = new Map<string, { readonly tasks: CaseTask[]; readonly sub: SubProcessRow | null }>();
  for (const task of parts.tasks) {
    const sub = outermostSubProcess(task.row, parts.subProcesses);
    const id = `${task.row.process_id}/${sub?.element_id ?? task.row.element_id}`;
    const stage = stages.get(id);
    // A step that is entered again (a loop back) is the same stage, begun when it was first entered.
    if (stage === undefined) stages.set(id, { tasks: [task], sub });
    else stage.tasks.push(task);
  }
  return [...stages.values()].map(({ tasks, sub }) => stageView(tasks, sub, parts));
}

function stageView(tasks: readonly CaseTask[], sub: SubProcessRow | null, parts: StageParts): StageView {
  const first = tasks[0]!.row;
  const last = tasks.at(-1)!;
  const open = tasks.filter(({ row }) => row.ended_at === null);
  const subOpen =
    sub !== null &&
    [...parts.subProcesses.values()].some((row) => row.element_id === sub.element_id && row.ended_at === null);
  const overdue = open.some(
    ({ row }) => (row.deadline as TaskDeadline | null)?.breached === true || isPast(row.sort_due_at, parts.now),
  );
  const current = open.length > 0 || subOpen;
  const holders = tasks.map(({ row }) => row.completed_by ?? row.assignee).filter((name) => name !== null);
  const shown = open.find(({ visible }) => visible) ?? (last.visible ? last : tasks.find(({ visible }) => visible));
  return {
    elementId: sub?.element_id ?? first.element_id,
    name: sub === null ? last.row.name : parts.nameOf(first.process_definition_key, sub.element_id),
    state: current
      ? overdue
        ? 'overdue'
        : 'current'
      : tasks.every(({ row }) => row.state === 'CANCELED')
        ? 'canceled'
        : 'done',
    startedAt: new Date(first.created_at).toISOString(),
    endedAt: current ? null : new Date(Math.max(...tasks.map(({ row }) => row.ended_at ?? 0))).toISOString(),
    heldBy: holders.length === 0 ? null : [...new Set(holders)].map(parts.directory.personName).join(', '),
    userTaskKey: shown === undefined ? null : String(shown.row.user_task_key),
  };
}

function outermostSubProcess(task: TaskRow, elements: ReadonlyMap<Key, SubProcessRow>): SubProcessRow | null {
  let found: SubProcessRow | null = null;
  let element = elements.get(task.element_instance_key);
  while (element !== undefined) {
    if (isPart(element.element_type)) found = element;
    element = element.scope_key === null ? undefined : elements.get(element.scope_key);
  }
  return found;
}

function isPast(dueAt: number | null, now: number): boolean {
  return dueAt !== null && dueAt < now;
}

/** What the forms of the case asked and got, in the order people met the fields, told by the forms' own words. */
async function factsOf(parts: {
  readonly reader: Executor;
  readonly tasks: readonly CaseTask[];
  readonly values: ReadonlyMap<string, JsonValue>;
  readonly definitions: Definitions;
  readonly language: Language;
  readonly directory: Directory;
}): Promise<FactView[]> {
  const facts = new Map<string, FactView>();
  const formKeys = new Set(parts.tasks.flatMap(({ row }) => (row.form as TaskForm | null)?.formKey ?? []));
  const forms = await Promise.all([...formKeys].map(async (formKey) => (await parts.definitions.form(formKey)).model));
  const rowLabel = await readRowLabels(
    parts.reader,
    forms.flatMap((form) => chosenRows(form, parts.values)),
  );
  for (const form of forms) {
    for (const field of form.fields) {
      const value = parts.values.get(field.name) ?? null;
      if (value === null || value === '' || (Array.isArray(value) && value.length === 0) || facts.has(field.name))
        continue;
      const { zone } = parts.definitions;
      const context = { form, language: parts.language, zone, rowLabel, ...parts.directory };
      facts.set(field.name, {
        name: field.name,
        label: fieldLabel(form, parts.language, field),
        value,
        text: factText(field, value, context),
      });
    }
  }
  return [...facts.values()];
}

/** The rows of registers that the fields of a form hold. */
function chosenRows(form: FormModel, values: ReadonlyMap<string, JsonValue>): readonly RowReference[] {
  return form.fields.flatMap(({ name, source }) => {
    const rowKey = values.get(name);
    return source?.register !== undefined && typeof rowKey === 'string'
      ? [{ registerKey: source.catalog, rowKey }]
      : [];
  });
}
