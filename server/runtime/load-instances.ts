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
import type { Dialect } from '../database/dialects/dialect.ts';
import type { RowOf, TableSpec } from '../database/table-spec.ts';
import { decodeCells, sizeClass } from '../database/write-rows.ts';
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

/** Everything that an instance is made of; of what people look back at, only what has not ended. */
const PARTS = [
  { spec: processInstanceTable, lasting: false },
  { spec: elementTable, lasting: true },
  { spec: variableTable, lasting: true },
  { spec: tokenTable, lasting: false },
  { spec: scopes.loopItemTable, lasting: false },
  { spec: scopes.loopResultTable, lasting: false },
  { spec: scopes.compensationTable, lasting: false },
  { spec: userTaskTable, lasting: true },
  { spec: jobTable, lasting: true },
  { spec: timerTable, lasting: false },
  { spec: waits.messageSubscriptionTable, lasting: false },
  { spec: waits.signalSubscriptionTable, lasting: false },
  { spec: waits.conditionSubscriptionTable, lasting: false },
  { spec: incidentTable, lasting: true },
] as const satisfies readonly { readonly spec: TableSpec; readonly lasting: boolean }[];

type RowsOf<Parts extends readonly { readonly spec: TableSpec }[]> = {
  readonly [At in keyof Parts]: Groups<RowOf<Parts[At]['spec']>>;
};
type Rows = RowsOf<typeof PARTS>;

/** An instance as stored, with the header row that also says what case it is. */
export interface LoadedInstance {
  readonly instance: Instance;
  readonly row: RowOf<typeof processInstanceTable>;
}

/**
 * Loads instances by key in one statement, however many there are; unknown keys are missing from the answer. Each row
 * comes as a JSON array of its columns, so that tables of any shape share one result.
 */
export async function loadInstances(
  executor: Executor,
  keys: readonly Key[],
): Promise<ReadonlyMap<Key, LoadedInstance>> {
  if (keys.length === 0) return new Map();
  const parameter = JSON.stringify(keys.map((key) => ({ bucket: bucketOf(key), process_instance_key: key })));
  const found = await queryRows<{ part: number; owner: Key; cells: string }>(
    executor,
    loadStatement(executor.dialect, sizeClass(keys.length)),
    [parameter],
  );
  const [
    headers,
    elements,
    variables,
    tokens,
    loopItems,
    loopResults,
    compensations,
    userTasks,
    jobs,
    timers,
    ...rest
  ] = groupRows(found);
  const [messages, signals, conditions, incidents] = rest;

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
          priority: j.priority,
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

const statements = new Map<string, string>();

function loadStatement(dialect: Dialect, count: number): string {
  const name = `${dialect.name} ${count}`;
  const known = statements.get(name);
  if (known !== undefined) return known;
  const parts = PARTS.map(({ spec, lasting }, part) => {
    const cells = dialect.jsonArray(Object.keys(spec.columns).map((column) => `t.${column}`));
    return `SELECT ${part} AS part, t.process_instance_key AS owner, ${cells} AS cells FROM o JOIN ${spec.name} t
      ON t.bucket = o.bucket AND t.process_instance_key = o.process_instance_key${lasting ? ' AND t.ended_at IS NULL' : ''}`;
  });
  const owners = `SELECT bucket, process_instance_key FROM ${dialect.rowsFromJson(OWNERS, 'j', count)}`;
  const statement = `WITH o AS MATERIALIZED (${owners}) ${parts.join(' UNION ALL ')}`;
  statements.set(name, statement);
  return statement;
}

function groupRows(found: readonly { readonly part: number; readonly owner: Key; readonly cells: string }[]): Rows {
  const groups = PARTS.map(() => new Map<Key, unknown[]>());
  for (const { part, owner, cells } of found) {
    const row = decodeCells(PARTS[part]!.spec, JSON.parse(cells) as readonly unknown[]);
    const group = groups[part]!.get(owner);
    if (group === undefined) groups[part]!.set(owner, [row]);
    else group.push(row);
  }
  return groups as unknown as Rows;
}

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
