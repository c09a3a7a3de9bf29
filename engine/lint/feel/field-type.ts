import { join } from '../../expressions/analysis/join.ts';
import { unite, type Bound } from '../../expressions/analysis/interval.ts';
import {
  BOOLEAN_TYPE,
  enumType,
  listType,
  NULL_TYPE,
  NUMBER_TYPE,
  STRING_TYPE,
  type StaticType,
} from '../../expressions/analysis/static-type.ts';
import { ROW_ID } from '../../forms/align-rows.ts';
import type { FormField, TableShape } from '../../forms/form-definition.ts';

const FILE: StaticType = [
  {
    kind: 'context',
    entries: new Map([
      ['id', { type: STRING_TYPE, optional: true }],
      ['name', { type: STRING_TYPE, optional: true }],
    ]),
    open: true,
  },
];

const GEO_POINT: StaticType = [
  {
    kind: 'context',
    entries: new Map([
      ['lat', { type: NUMBER_TYPE, optional: false }],
      ['lon', { type: NUMBER_TYPE, optional: false }],
      ['accuracy', { type: NUMBER_TYPE, optional: true }],
    ]),
    open: false,
  },
];

/**
 * What a form writes under the name of a field; null when it is empty. A date is ISO text, as JSON has it. `limits`: once the
 * form was submitted its numbers lie within their limits; while it is filled they need not.
 */
export function fieldType(field: FormField, { limits }: { readonly limits: boolean }): StaticType {
  return join(filledType(field, limits), NULL_TYPE);
}

function filledType({ kind, choices, limits, table }: FormField, limited: boolean): StaticType {
  switch (kind) {
    case 'table':
      return listType(rowType(table!, { limits: limited }));
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
      return limited ? numberWithin(limits) : NUMBER_TYPE;
    case 'boolean':
      return BOOLEAN_TYPE;
    case 'choice':
      return choices === undefined ? STRING_TYPE : enumType(choices);
    case 'choices':
      return listType(choices === undefined ? STRING_TYPE : enumType(choices));
    case 'files':
    case 'signature':
      return listType(FILE);
    case 'geo-point':
      return GEO_POINT;
    default:
      return STRING_TYPE;
  }
}

/** A row: its identity and a value, or null, for each column. */
export function rowType({ columns }: TableShape, limits: { readonly limits: boolean }): StaticType {
  const entries = new Map([[ROW_ID, { type: STRING_TYPE, optional: false }]]);
  for (const column of columns) entries.set(column.column!.key, { type: fieldType(column, limits), optional: true });
  return [{ kind: 'context', entries, open: true }];
}

function numberWithin({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: FormField['limits']): StaticType {
  const from = boundOf(exclusiveMinimum, false) ?? boundOf(minimum, true);
  const to = boundOf(exclusiveMaximum, false) ?? boundOf(maximum, true);
  const within = unite([{ from, to }]);
  return from === null && to === null ? NUMBER_TYPE : [{ kind: 'number', within: within.length === 0 ? null : within }];
}

function boundOf(value: number | undefined, included: boolean): Bound | null {
  return value === undefined ? null : { value, included };
}
