import { Type } from '@sinclair/typebox';
import { decodeRows } from '../database/write-rows.ts';
import { batchItemTable, batchTable } from '../operations/batch-tables.ts';
import { OPERATION_TYPES } from '../operations/batch-plan.ts';
import type { SearchSpec } from './search/search-spec.ts';
import { wireDate, wireKey } from './wire-key.ts';

const same = (...words: readonly string[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(words.map((word) => [word, [word]]));
const never = (...words: readonly string[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(words.map((word) => [word, []]));

/** The Camunda 8 API has no word for these; a strict client would break over a list that has one. Read by key they show. */
const OWN_TYPES = [OPERATION_TYPES.suspend, OPERATION_TYPES.resume];
const OWN = OWN_TYPES.map((type) => `'${type}'`).join(', ');
const TYPES = {
  ...same(...Object.values(OPERATION_TYPES).filter((type) => !(OWN_TYPES as readonly string[]).includes(type))),
  ...never(
    'DELETE_PROCESS_INSTANCE',
    'ADD_VARIABLE',
    'UPDATE_VARIABLE',
    'DELETE_DECISION_DEFINITION',
    'DELETE_PROCESS_DEFINITION',
  ),
};
const STATES = {
  ...same('CREATED', 'ACTIVE', 'SUSPENDED', 'COMPLETED', 'CANCELED', 'FAILED'),
  ...never('PARTIALLY_COMPLETED'),
};
const ITEM_STATES = same('ACTIVE', 'COMPLETED', 'CANCELED', 'FAILED');

const counted = (state: string): string =>
  `(SELECT count(*) FROM batch_operation_item i WHERE i.batch_operation_key = b.batch_operation_key AND i.state = '${state}')`;

/** Any batch, by its key. */
export const batchByKey: SearchSpec = {
  from: 'batch_operation b',
  select: `b.*, ${counted('COMPLETED')} AS completed, ${counted('FAILED')} AS failed`,
  key: ['b.bucket', 'b.batch_operation_key'],
  filters: {
    batchOperationKey: { kind: 'key', sql: 'b.batch_operation_key', bucket: 'b.bucket' },
    operationType: { kind: 'enum', sql: 'b.operation_type', values: TYPES },
    state: { kind: 'enum', sql: 'b.state', values: STATES },
  },
  sorts: {
    batchOperationKey: { sql: 'b.batch_operation_key', kind: 'number' },
    operationType: { sql: 'b.operation_type', kind: 'text' },
    state: { sql: 'b.state', kind: 'text' },
    startDate: { sql: 'b.started_at', kind: 'number' },
    endDate: { sql: 'b.ended_at', kind: 'number', nullable: true },
  },
};

export const batchSearch: SearchSpec = {
  ...batchByKey,
  from: `(SELECT * FROM batch_operation WHERE operation_type NOT IN (${OWN})) b`,
};

export const batchItemSearch: SearchSpec = {
  from: `(SELECT * FROM batch_operation_item WHERE batch_operation_key NOT IN (
    SELECT batch_operation_key FROM batch_operation WHERE operation_type IN (${OWN}))) i`,
  select: `i.*, (SELECT b.operation_type FROM batch_operation b WHERE b.batch_operation_key = i.batch_operation_key) AS operation_type`,
  key: ['i.bucket', 'i.batch_operation_key', 'i.item_key'],
  filters: {
    batchOperationKey: { kind: 'key', sql: 'i.batch_operation_key' },
    itemKey: { kind: 'key', sql: 'i.item_key', bucket: 'i.bucket' },
    processInstanceKey: { kind: 'key', sql: 'i.process_instance_key', bucket: 'i.bucket' },
    state: { kind: 'enum', sql: 'i.state', values: ITEM_STATES },
  },
  sorts: {
    batchOperationKey: { sql: 'i.batch_operation_key', kind: 'number' },
    itemKey: { sql: 'i.item_key', kind: 'number' },
    processInstanceKey: { sql: 'i.process_instance_key', kind: 'number' },
    state: { sql: 'i.state', kind: 'text' },
  },
};

export const BatchResult = Type.Object({
  batchOperationKey: Type.String(),
  state: Type.String(),
  batchOperationType: Type.String(),
  startDate: Type.String(),
  endDate: Type.Optional(Type.String()),
  operationsTotalCount: Type.Integer(),
  operationsFailedCount: Type.Integer(),
  operationsCompletedCount: Type.Integer(),
  errors: Type.Array(Type.Object({})),
});

export const BatchItemResult = Type.Object({
  operationType: Type.String(),
  batchOperationKey: Type.String(),
  itemKey: Type.String(),
  processInstanceKey: Type.String(),
  state: Type.String(),
  processedDate: Type.Optional(Type.String()),
  errorMessage: Type.Optional(Type.String()),
});

type Rows = readonly Readonly<Record<string, unknown>>[];

export function batchViews(rows: Rows): object[] {
  return decodeRows(batchTable, rows).map((row, at) => ({
    batchOperationKey: wireKey(row.batch_operation_key),
    state: row.state,
    batchOperationType: row.operation_type,
    startDate: wireDate(row.started_at),
    endDate: wireDate(row.ended_at),
    operationsTotalCount: row.total,
    operationsFailedCount: Number(rows[at]!['failed']),
    operationsCompletedCount: Number(rows[at]!['completed']),
    errors: [],
  }));
}

export function batchItemViews(rows: Rows): object[] {
  return decodeRows(batchItemTable, rows).map((row, at) => ({
    operationType: rows[at]!['operation_type'],
    batchOperationKey: wireKey(row.batch_operation_key),
    itemKey: wireKey(row.item_key),
    processInstanceKey: wireKey(row.process_instance_key),
    state: row.state,
    processedDate: wireDate(row.processed_at),
    errorMessage: row.error_message ?? undefined,
  }));
}
