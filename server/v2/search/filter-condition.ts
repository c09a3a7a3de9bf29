import { bucketOf } from '#engine';
import type { Dialect } from '../../database/dialects/dialect.ts';
import type { Condition } from '../../user-tasks/task-visibility.ts';
import { storedKey } from '../wire-key.ts';
import type { FilterField, SearchSpec, Within } from './search-spec.ts';

type Parameter = string | number;
type Advanced = Readonly<Record<string, unknown>>;

const COMPARISONS: Readonly<Record<string, string>> = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' };

/** A filter that fits the search's schema as SQL; every part of it must hold. */
export function filterConditions(
  spec: Filterable,
  filter: Readonly<Record<string, unknown>>,
  dialect: Dialect,
): readonly Condition[] {
  const grouped = new Map<string, Condition[]>();
  const plain = Object.entries(filter).flatMap(([name, value]) => {
    if (name === '$or') return anyOf(spec, value as readonly Readonly<Record<string, unknown>>[], dialect);
    const field = spec.filters[name]!;
    const conditions = fieldConditions(field, value, dialect);
    if (field.group === undefined) return conditions;
    grouped.set(field.group, [...(grouped.get(field.group) ?? []), ...conditions]);
    return [];
  });
  const beside = [...grouped].map(([group, conditions]): Condition => {
    const { sql, parameters } = join(conditions, 'AND');
    return { sql: `EXISTS (SELECT 1 FROM ${spec.groups![group]!} AND ${sql})`, parameters };
  });
  return [...plain, ...beside];
}

type Filterable = Pick<SearchSpec, 'filters' | 'groups'>;

function fieldConditions(field: FilterField, value: unknown, dialect: Dialect): readonly Condition[] {
  if (field.kind === 'custom') return [field.condition(value as never, dialect)];
  const compared =
    'onlyChecked' in field && field.onlyChecked === true ? { ...field, sql: dialect.onlyChecked(field.sql) } : field;
  if (typeof value !== 'object' || value === null)
    return [operation(compared, { operator: '$eq', operand: value, dialect })];
  return Object.entries(value as Advanced).map(([operator, operand]) =>
    operation(compared, { operator, operand, dialect }),
  );
}

function anyOf(
  spec: Filterable,
  filters: readonly Readonly<Record<string, unknown>>[],
  dialect: Dialect,
): readonly Condition[] {
  if (filters.length === 0) return [];
  return [
    join(
      filters.map((filter) => join(filterConditions(spec, filter, dialect), 'AND')),
      'OR',
    ),
  ];
}

export function join(conditions: readonly Condition[], by: 'AND' | 'OR'): Condition {
  if (conditions.length === 0) return { sql: '1 = 1', parameters: [] };
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(` ${by} `),
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}

interface Operation {
  readonly operator: string;
  readonly operand: unknown;
  readonly dialect: Dialect;
}

function operation(
  field: Exclude<FilterField, { kind: 'custom' }>,
  { operator, operand, dialect }: Operation,
): Condition {
  const { sql } = field;
  if (field.kind === 'boolean') return { sql: operand === true ? sql : `NOT (${sql})`, parameters: [] };
  switch (operator) {
    case '$exists':
      return { sql: `${sql} IS ${operand === true ? 'NOT NULL' : 'NULL'}`, parameters: [] };
    case '$eq':
      return isOneOf(field, [operand], dialect);
    case '$in':
      return isOneOf(field, operand as readonly unknown[], dialect);
    case '$neq':
      return isNoneOf(field, [operand], dialect);
    case '$notIn':
      return isNoneOf(field, operand as readonly unknown[], dialect);
    case '$like':
      return field.kind === 'enum'
        ? isOneOf(field, wordsLike(field.values, operand as string), dialect)
        : likeCondition(sql, operand as string, dialect);
    default:
      return { sql: `${sql} ${COMPARISONS[operator]!} ?`, parameters: stored(field, operand) };
  }
}

type Comparable = Exclude<FilterField, { kind: 'custom' | 'boolean' }>;

function isOneOf(field: Comparable, operands: readonly unknown[], dialect: Dialect): Condition {
  const values = operands.flatMap((operand) => stored(field, operand));
  if (values.length === 0) return { sql: '1 = 0', parameters: [] };
  const told = field.kind === 'enum' && operands.length === 1 ? field.indexed?.[operands[0] as string] : undefined;
  if (told !== undefined) return { sql: told, parameters: [] };
  const found = equalsOne(field, values, dialect);
  if (field.kind !== 'key') return found;
  const { bucket, within } = field;
  const keys = values as readonly number[];
  return join(
    [
      ...(bucket === undefined ? [] : [inBuckets(bucket, keys)]),
      ...(within === undefined ? [] : [isWithin(within, keys, dialect)]),
      found,
    ],
    'AND',
  );
}

function equalsOne(field: Pick<Comparable, 'sql' | 'kind'>, values: readonly Parameter[], dialect: Dialect): Condition {
  return values.length === 1 ? { sql: `${field.sql} = ?`, parameters: values } : inList(field, values, dialect);
}

function inBuckets(column: string, keys: readonly number[]): Condition {
  const buckets = [...new Set(keys.map(bucketOf))];
  return { sql: `${column} IN (${buckets.map(() => '?').join(', ')})`, parameters: buckets };
}

function isWithin({ column, owners }: Within, keys: readonly number[], dialect: Dialect): Condition {
  const parts = owners.map(({ select, bucket, key }): Condition => {
    const fits = join([inBuckets(bucket, keys), equalsOne({ sql: key, kind: 'key' }, keys, dialect)], 'AND');
    return { sql: `${select} WHERE ${fits.sql}`, parameters: fits.parameters };
  });
  return {
    sql: `${column} IN (${parts.map(({ sql }) => sql).join(' UNION ALL ')})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/** A value that is not there is none of them: SQL alone would answer "unknown". */
function isNoneOf(field: Comparable, operands: readonly unknown[], dialect: Dialect): Condition {
  const values = operands.flatMap((operand) => stored(field, operand));
  if (values.length === 0) return { sql: '1 = 1', parameters: [] };
  const { sql, parameters } = inList(field, values, dialect);
  return { sql: `${field.sql} IS NULL OR NOT (${sql})`, parameters };
}

function inList(
  { sql, kind }: Pick<Comparable, 'sql' | 'kind'>,
  values: readonly Parameter[],
  dialect: Dialect,
): Condition {
  const type = kind === 'text' || kind === 'enum' ? 'text' : 'key';
  return { sql: `${sql} IN (${dialect.listFromJson(type)})`, parameters: [JSON.stringify(values)] };
}

/** A value from the wire as the column holds it; a state may be several words there, or none. */
function stored(field: Comparable, value: unknown): readonly Parameter[] {
  switch (field.kind) {
    case 'key':
      return [storedKey(value as string)];
    case 'time':
      return [Date.parse(value as string)];
    case 'enum':
      return field.values[value as string] ?? [];
    default:
      return [value as Parameter];
  }
}

/**
 * `*` any text, `?` one character, `\` takes either for itself; letter case counts, as in Camunda. SQLite's LIKE would
 * not let it count, and its GLOB does, so this is the one place where the dialects differ by name.
 */
function likeCondition(sql: string, pattern: string, dialect: Dialect): Condition {
  const glob = dialect.name === 'sqlite';
  const any = glob ? '*' : '%';
  const one = glob ? '?' : '_';
  const literal = glob
    ? (text: string) => text.replace(/[*?[]/g, '[$&]')
    : (text: string) => text.replace(/[!%_]/g, '!$&');
  const translated = tokens(pattern).map((token) =>
    token === '*' ? any : token === '?' ? one : literal(unescaped(token)),
  );
  return { sql: glob ? `${sql} GLOB ?` : `${sql} LIKE ? ESCAPE '!'`, parameters: [translated.join('')] };
}

function wordsLike(values: Readonly<Record<string, unknown>>, pattern: string): readonly string[] {
  const source = tokens(pattern).map((token) =>
    token === '*' ? '.*' : token === '?' ? '.' : unescaped(token).replace(/[^\w\s]/g, '\\$&'),
  );
  const expression = new RegExp(`^${source.join('')}$`);
  return Object.keys(values).filter((word) => expression.test(word));
}

/** Wildcards stand alone; everything else comes a character at a time, an escaped one with its backslash. */
function tokens(pattern: string): readonly string[] {
  return pattern.match(/\\[*?\\]|[\s\S]/gu) ?? [];
}

function unescaped(token: string): string {
  return token.length > 1 && token.startsWith('\\') ? token.slice(1) : token;
}
