import type { TSchema } from '@sinclair/typebox';
import type { Dialect } from '../../database/dialects/dialect.ts';
import type { Condition } from '../../user-tasks/task-visibility.ts';

/**
 * What a filter name of the Camunda API compares. `sql` is a constant expression over the search's tables; nothing that a
 * client sends ever becomes SQL. `simple` fields know equality only, as the API's own schema says of them.
 */
export type FilterField = FilterKind & {
  /** Name of one of the search's `groups`: filters of one group must hold for the same row of its table. */
  readonly group?: string;
};

type FilterKind =
  | {
      readonly kind: 'key';
      readonly sql: string;
      /** The bucket column, when the key belongs to the row's own instance tree: then the look-up is by primary key. */
      readonly bucket?: string;
      /** Where no index of ours begins with the key: the instance that it belongs to, whose parts one does. */
      readonly within?: Within;
      readonly simple?: boolean;
    }
  | {
      readonly kind: 'text' | 'integer' | 'time';
      readonly sql: string;
      readonly simple?: boolean;
      /** Of a table beside: SQLite shall not begin there, but walk ours in the order asked for. */
      readonly onlyChecked?: boolean;
    }
  | {
      readonly kind: 'enum';
      readonly sql: string;
      /** Word on the wire → words in the column; an empty list for a state that never occurs here. */
      readonly values: Readonly<Record<string, readonly string[]>>;
      /** A word as the condition of a partial index says it: SQLite and PostgreSQL see by themselves no two states as one. */
      readonly indexed?: Readonly<Record<string, string>>;
      readonly simple?: boolean;
    }
  /** `sql` is a condition, true or false. */
  | { readonly kind: 'boolean'; readonly sql: string }
  | { readonly kind: 'custom'; readonly schema: TSchema; condition(value: never, dialect: Dialect): Condition };

/** `column` of our row is what one of these rows, found by its primary key, says. */
export interface Within {
  readonly column: string;
  readonly owners: readonly Owner[];
}

interface Owner {
  /** A sub-query without its WHERE. */
  readonly select: string;
  readonly bucket: string;
  readonly key: string;
}

type KeyedPart = 'element_instance' | 'job' | 'incident' | 'process_instance';

/** The rows of the instances that the parts with these keys belong to: no walk over a bucket, and no index more to write. */
export function ofInstance(column: string, ...tables: readonly KeyedPart[]): Within {
  const owners = tables.map((table) => ({
    select: `SELECT o.process_instance_key FROM ${table} o`,
    bucket: 'o.bucket',
    key: `o.${table}_key`,
  }));
  return { column, owners };
}

export interface SearchScope {
  /** The id that an authorisation names: of a process, a decision, a group. */
  readonly sql: string;
  /** Alias of the first table, where its rows are parts of process instances (or the instances themselves). */
  readonly partOfInstance?: string;
}

export interface SortField {
  readonly sql: string;
  readonly kind: 'number' | 'text';
  /** Nulls come last, at the price that no index gives the order. */
  readonly nullable?: boolean;
  /** The same in every row, so that it orders nothing. */
  readonly constant?: true;
}

/** A sort by what is the same in every row. */
export const CONSTANT: SortField = { sql: '', kind: 'text', constant: true };

/** One search of the API as a read model: its tables, what may be filtered and sorted, and the key that ends every order. */
export interface SearchSpec {
  /** Tables with their aliases. */
  readonly from: string;
  readonly select: string;
  /** Key columns in the order of an index; together unique. */
  readonly key: readonly string[];
  /** What the key columns hold; numbers unless said. */
  readonly keyKind?: SortField['kind'];
  readonly filters: Readonly<Record<string, FilterField>>;
  readonly sorts: Readonly<Record<string, SortField>>;
  /** Where a row says which resource it belongs to, for those who may see some of them only. */
  readonly scope?: SearchScope;
  /** Tables beside, as the beginning of a sub-query that ends with `WHERE` and the way to our row. */
  readonly groups?: Readonly<Record<string, string>>;
  /** True where the API knows `$or`: a list of filters, any of which must fit. */
  readonly anyOf?: boolean;
}

/** We have one tenant; its name is the one that Camunda gives it when tenants are off. */
export const TENANT = '<default>';

export const tenantField: FilterField = { kind: 'text', sql: `CAST('${TENANT}' AS text)` };
