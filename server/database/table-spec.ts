/**
 * What a column holds. `key`, `time` (epoch milliseconds, UTC) and `integer` are whole numbers below 2^53; `json` is text
 * that only the application reads, because PostgreSQL's jsonb reorders the keys of an object and refuses U+0000, so the
 * two databases would give different answers. `?` allows null.
 */
export type ColumnType = BaseType | `${BaseType}?`;
export type BaseType = 'key' | 'time' | 'integer' | 'smallint' | 'text' | 'json' | 'boolean';

/** The columns that one kind of write or read touches; a wide table may have several specs. */
export interface TableSpec<
  Columns extends Readonly<Record<string, ColumnType>> = Readonly<Record<string, ColumnType>>,
> {
  readonly name: string;
  readonly columns: Columns;
  readonly primaryKey: readonly string[];
}

/** A row as the application sees it: JSON parsed, booleans true or false on both databases. */
export type RowOf<Spec extends TableSpec> = {
  -readonly [Column in keyof Spec['columns']]: ValueOf<Spec['columns'][Column]>;
};

type ValueOf<Type> = Type extends `${infer Base}?` ? PlainValueOf<Base> | null : PlainValueOf<Type>;
type PlainValueOf<Base> = Base extends 'text'
  ? string
  : Base extends 'boolean'
    ? boolean
    : Base extends 'json'
      ? unknown
      : number;

/** Declares a table once; the columns of `primaryKey` must be among `columns`. */
export function defineTable<const Columns extends Readonly<Record<string, ColumnType>>>(
  name: string,
  spec: { readonly columns: Columns; readonly primaryKey: readonly (keyof Columns & string)[] },
): TableSpec<Columns> {
  return Object.freeze({ name, ...spec });
}

export function baseTypeOf(type: ColumnType): BaseType {
  return type.replace('?', '') as BaseType;
}
