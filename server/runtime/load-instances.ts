import {
  bucketOf,
  createInstance,
  type ElementInstance,
  type ElementMemory,
  type ElementType,
  type Catches,
  type Incident,
  type IncidentRetry,
  type IncidentType,
  type Instance,
  type InstanceHeader,
  type InstanceState,
  type JsonValue,
  type Key,
  type TaskDeadline,
  type TaskForm,
  type Timer,
  type TimerPurpose,
} from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { RowOf, TableSpec } from '../database/table-spec.ts';
import { decodeRows } from '../database/write-rows.ts';
import {
  elementTable,
  incidentTable,
  jobTable,
  processInstanceTable,
  timerTable,
  tokenTable,
  userTaskTable,
  variableTable,
} from './instance-tables.ts';
import * as scopes from './scope-rows.ts';
import * as waits from './subscription-rows.ts';

const OWNERS = { columns: { bucket: 'smallint', process_instance_key: 'key' } } as const;

/** An instance as stored, with the header row that also says what case it is. */
export interface LoadedInstance {
  readonly instance: Instance;
  readonly row: RowOf<typeof processInstanceTable>;
}

/** Loads instances by key, one query per table however many there are; unknown keys are missing from the answer. */
export async function loadInstances(
  executor: Executor,
  keys: readonly Key[],
): Promise<ReadonlyMap<Key, LoadedInstance>> {
  const parameter = JSON.stringify(keys.map((key) => ({ bucket: bucketOf(key), process_instance_key: key })));
  const owned = executor.dialect.rowsFromJson(OWNERS, 'o', keys.length);

  const read = async <S extends TableSpec>(
    spec: S,
    live: '' | ' AND t.ended_at IS NULL' = '',
  ): Promise<Groups<RowOf<S>>> => {
    const columns = Object.keys(spec.columns).map((column) => `t.${column}`);
    const rows = await queryRows(
      executor,
      `SELECT ${columns.join(', ')} FROM ${owned} JOIN ${spec.name} t
         ON t.bucket = o.bucket AND t.process_instance_key = o.process_instance_key${live}`,
      [parameter],
    );
    const groups = new Map<Key, RowOf<S>[]>();
    for (const row of decodeRows(spec, rows)) {
      const owner = (row as { process_instance_key: Key }).process_instance_key;
      const group = groups.get(owner);
      if (group === undefined) groups.set(owner, [row]);
      else group.push(row);
    }
    return groups;
  };

  const headers = await read(processInstanceTable);
  if (headers.size === 0) return new Map();
  const elements = await read(elementTable, ' AND t.ended_at IS NULL');
  const variables = await read(variableTable, ' AND t.ended_at IS NULL');
  const tokens = await read(tokenTable);
  const loopItems = await read(scopes.loopItemTable);
  const loopResults = await read(scopes.loopResultTable);
  const compensations = await read(scopes.compensationTable);
  const userTasks = await read(userTaskTable, ' AND t.ended_at IS NULL');
  const jobs = await read(jobTable, ' AND t.ended_at IS NULL');
  const timers = await read(timerTable);
  const messages = await read(waits.messageSubscriptionTable);
  const signals = await read(waits.signalSubscriptionTable);
  const conditions = await read(waits.conditionSubscriptionTable);
  const incidents = await read(incidentTable, ' AND t.ended_at IS NULL');

  return new Map(
    [...headers].map(([key, [row]]) => {
      const of = <Row, Result>(groups: Groups<Row>, map: (row: Row) => Result): readonly Result[] =>
        (groups.get(key) ?? []).map(map);
      const instance = createInstance({
        header: headerOf(row!),
        elements: of(elements, elementOf),
        variables: of(variables, (v) => ({
          variableKey: v.variable_key,
          scopeKey: v.scope_key,
          name: v.name,
          value: v.value as JsonValue,
        })),
        tokens: of(tokens, (t) => ({
          key: t.token_key,
          scopeKey: t.scope_key,
          elementId: t.element_id,
          flowId: t.flow_id,
          arrivedAt: t.arrived_at,
        })),
        loopItems: of(loopItems, scopes.loopItemsOf),
        loopResults: of(loopResults, scopes.loopResultOf),
        compensations: of(compensations, scopes.compensationOf),
        userTasks: of(userTasks, (t) => ({
          key: t.user_task_key,
          elementInstanceKey: t.element_instance_key,
          elementId: t.element_id,
          name: t.name,
          assignee: t.assignee,
          candidateUsers: t.candidate_users as readonly string[],
          candidateGroups: t.candidate_groups as readonly string[],
          dueAt: t.due_at,
          followUpAt: t.follow_up_at,
          headers: t.headers as Readonly<Record<string, string>>,
          priority: t.priority,
          form: t.form as TaskForm | null,
          deadline: t.deadline as TaskDeadline | null,
          createdAt: t.created_at,
        })),
        jobs: of(jobs, (j) => ({
          key: j.job_key,
          elementInstanceKey: j.element_instance_key,
          elementId: j.element_id,
          type: j.type,
          retries: j.retries,
          headers: j.headers as Readonly<Record<string, string>>,
          availableAt: j.available_at,
          errorMessage: j.error_message,
          createdAt: j.created_at,
        })),
        timers: of(timers, (t) => ({
          key: t.timer_key,
          elementInstanceKey: t.element_instance_key,
          elementId: t.element_id,
          purpose: t.purpose as TimerPurpose,
          dueAt: t.due_at,
          cycle: t.cycle as Timer['cycle'],
        })),
        subscriptions: [
          ...of(messages, waits.messageSubscriptionOf),
          ...of(signals, waits.signalSubscriptionOf),
          ...of(conditions, waits.conditionSubscriptionOf),
        ],
        incidents: of(incidents, incidentOf),
      });
      return [key, { instance, row: row! }];
    }),
  );
}

type Groups<Row> = ReadonlyMap<Key, readonly Row[]>;

function headerOf(row: RowOf<typeof processInstanceTable>): InstanceHeader {
  return {
    processInstanceKey: row.process_instance_key,
    processDefinitionKey: row.process_definition_key,
    deploymentKey: row.deployment_key,
    processId: row.process_id,
    definitionVersion: row.definition_version,
    versionTag: row.version_tag,
    rootProcessInstanceKey: row.root_process_instance_key,
    parent:
      row.parent_process_instance_key === null
        ? null
        : {
            processInstanceKey: row.parent_process_instance_key,
            elementInstanceKey: row.parent_element_instance_key!,
            catches: row.parent_catches as Catches,
          },
    businessId: row.business_id,
    conversationKey: row.conversation_key,
    tags: row.tags as readonly string[],
    state: row.state as InstanceState,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    suspendedAt: row.suspended_at,
    historyLength: row.history_length,
  };
}

function elementOf(row: RowOf<typeof elementTable>): ElementInstance {
  return {
    key: row.element_instance_key,
    elementId: row.element_id,
    elementType: row.element_type as ElementType,
    scopeKey: row.scope_key,
    state: row.state as ElementInstance['state'],
    startedAt: row.started_at,
    loop: row.loop as ElementInstance['loop'],
    loopIndex: row.loop_index,
    calledInstanceKey: row.called_instance_key,
    memory: row.memory as ElementMemory | null,
  };
}

function incidentOf(row: RowOf<typeof incidentTable>): Incident {
  return {
    key: row.incident_key,
    elementInstanceKey: row.element_instance_key,
    elementId: row.element_id,
    type: row.type as IncidentType,
    message: row.message,
    jobKey: row.job_key,
    retry: row.retry as IncidentRetry,
    createdAt: row.created_at,
  };
}
