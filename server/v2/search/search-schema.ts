import { Type, type TSchema } from '@sinclair/typebox';
import type { FilterField, SearchSpec } from './search-spec.ts';

/** Deeper pages are reached by cursor: an offset makes the database walk over all it skips. */
const MAX_OFFSET = 10_000;
const MAX_LIMIT = 1_000;
export const DEFAULT_LIMIT = 100;

/** PostgreSQL refuses U+0000 in a parameter, so it is refused here, where it can be told. */
const Text = Type.String({ maxLength: 4_000, pattern: '^[^\\u0000]*$' });
const Key = Type.String({ pattern: '^-?[0-9]{1,25}$' });
const Whole = Type.Integer({ minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER });
const Instant = Type.String({ format: 'date-time' });
const MAX_LIST = 1_000;

/** How a filter names a value plainly, and which operators it knows beside that. */
function valueOf(field: Exclude<FilterField, { kind: 'custom' }>): {
  readonly plain: TSchema;
  readonly operators: readonly string[];
} {
  switch (field.kind) {
    case 'key':
      return { plain: Key, operators: ['$eq', '$neq', '$in', '$notIn'] };
    case 'text':
      return { plain: Text, operators: ['$eq', '$neq', '$in', '$notIn', '$like'] };
    case 'integer':
      return { plain: Whole, operators: ['$eq', '$neq', '$gt', '$gte', '$lt', '$lte', '$in'] };
    case 'time':
      return { plain: Instant, operators: ['$eq', '$neq', '$gt', '$gte', '$lt', '$lte', '$in'] };
    case 'enum':
      return { plain: oneOf(Object.keys(field.values)), operators: ['$eq', '$neq', '$in', '$like'] };
    case 'boolean':
      return { plain: Type.Boolean(), operators: [] };
  }
}

function oneOf(words: readonly string[]): TSchema {
  return Type.Unsafe<string>({ type: 'string', enum: words });
}

/** What a filter may say of one field: a value, or an object of operators. */
export function filterSchema(field: FilterField): TSchema {
  if (field.kind === 'custom') return field.schema;
  const { plain, operators } = valueOf(field);
  if (operators.length === 0 || ('simple' in field && field.simple === true)) return plain;
  const list = Type.Array(plain, { maxItems: MAX_LIST });
  const operands = operators.map((name) => [
    name,
    Type.Optional(name === '$in' || name === '$notIn' ? list : name === '$like' ? Text : plain),
  ]);
  const advanced = Type.Object(
    { ...(Object.fromEntries(operands) as Record<string, TSchema>), $exists: Type.Optional(Type.Boolean()) },
    { additionalProperties: false, minProperties: 1 },
  );
  // Not anyOf: its first error would always be that of the plain form, whichever was meant.
  return Type.Unsafe({ if: { type: 'object' }, then: advanced, else: plain });
}

/** The body of a search: `{ filter, sort, page }`, where whatever we cannot search by is refused by its name. */
export function searchSchema(spec: Pick<SearchSpec, 'filters' | 'sorts' | 'anyOf'>): TSchema {
  const sort = Type.Object(
    { field: oneOf(Object.keys(spec.sorts)), order: Type.Optional(oneOf(['ASC', 'DESC'])) },
    { additionalProperties: false },
  );
  return Type.Object(
    {
      filter: Type.Optional(filtersSchema(spec)),
      sort: Type.Optional(Type.Array(sort, { maxItems: 5 })),
      page: Type.Optional(Page),
    },
    { additionalProperties: false },
  );
}

/** All that a filter may hold. */
export function filtersSchema({ filters, anyOf }: Pick<SearchSpec, 'filters' | 'anyOf'>): TSchema {
  const fields = Object.fromEntries(
    Object.entries(filters).map(([name, field]) => [name, Type.Optional(filterSchema(field))]),
  );
  const plainFilter = Type.Object(fields, { additionalProperties: false });
  if (anyOf !== true) return plainFilter;
  return Type.Object(
    { ...fields, $or: Type.Optional(Type.Array(plainFilter, { maxItems: 20 })) },
    { additionalProperties: false },
  );
}

const Page = Type.Object(
  {
    from: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_OFFSET })),
    limit: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_LIMIT })),
    after: Type.Optional(Type.String({ minLength: 2, maxLength: 300 })),
    before: Type.Optional(Type.String({ minLength: 2, maxLength: 300 })),
  },
  { additionalProperties: false },
);

/** What a body that fits `searchSchema` holds. */
export interface SearchQuery {
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly sort?: readonly { readonly field: string; readonly order?: string }[];
  readonly page?: {
    readonly from?: number;
    readonly limit?: number;
    readonly after?: string;
    readonly before?: string;
  };
}

/** Shape of the answer, for `/openapi.json`. */
export const searchResult = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    page: Type.Object({
      totalItems: Type.Integer(),
      hasMoreTotalItems: Type.Boolean(),
      startCursor: Type.Optional(Type.String()),
      endCursor: Type.Optional(Type.String()),
    }),
  });
