import { bucketOf } from '#engine';
import type { CompensationRecord, ElementType, JsonValue, LoopItems, LoopResult, VariableMap } from '#engine';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import type { RowOwner } from './instance-rows.ts';

/** What a scope keeps beside its elements: the items and results of a loop, and what may have to be undone. */
const OWNER = { bucket: 'smallint', process_instance_key: 'key' } as const;

export const loopItemTable = defineTable('loop_item', {
  columns: { ...OWNER, body_key: 'key', items: 'json' },
  primaryKey: ['bucket', 'process_instance_key', 'body_key'],
});

export const loopResultTable = defineTable('loop_result', {
  columns: { ...OWNER, loop_result_key: 'key', body_key: 'key', loop_index: 'integer', value: 'json' },
  primaryKey: ['bucket', 'process_instance_key', 'loop_result_key'],
});

export const compensationTable = defineTable('compensation_record', {
  columns: {
    ...OWNER,
    record_key: 'key',
    scope_key: 'key',
    element_instance_key: 'key',
    element_id: 'text',
    element_type: 'text',
    handler_id: 'text?',
    snapshot: 'json',
    called_instance_key: 'key?',
  },
  primaryKey: ['bucket', 'process_instance_key', 'record_key'],
});

export function loopItemRow(owner: RowOwner, { key, items }: LoopItems): RowOf<typeof loopItemTable> {
  return { ...ownerOf(owner), body_key: key, items };
}

export function loopItemsOf(row: RowOf<typeof loopItemTable>): LoopItems {
  return { key: row.body_key, items: row.items as readonly JsonValue[] };
}

export function loopResultRow(owner: RowOwner, result: LoopResult): RowOf<typeof loopResultTable> {
  return {
    ...ownerOf(owner),
    loop_result_key: result.key,
    body_key: result.bodyKey,
    loop_index: result.index,
    value: result.value,
  };
}

export function loopResultOf(row: RowOf<typeof loopResultTable>): LoopResult {
  return { key: row.loop_result_key, bodyKey: row.body_key, index: row.loop_index, value: row.value as JsonValue };
}

export function compensationRow(owner: RowOwner, record: CompensationRecord): RowOf<typeof compensationTable> {
  return {
    ...ownerOf(owner),
    record_key: record.key,
    scope_key: record.scopeKey,
    element_instance_key: record.elementInstanceKey,
    element_id: record.elementId,
    element_type: record.elementType,
    handler_id: record.handlerId,
    snapshot: record.snapshot,
    called_instance_key: record.calledInstanceKey,
  };
}

export function compensationOf(row: RowOf<typeof compensationTable>): CompensationRecord {
  return {
    key: row.record_key,
    scopeKey: row.scope_key,
    elementInstanceKey: row.element_instance_key,
    elementId: row.element_id,
    elementType: row.element_type as ElementType,
    handlerId: row.handler_id,
    snapshot: row.snapshot as VariableMap | null,
    calledInstanceKey: row.called_instance_key,
  };
}

function ownerOf({ header }: RowOwner) {
  return { bucket: bucketOf(header.processInstanceKey), process_instance_key: header.processInstanceKey };
}
