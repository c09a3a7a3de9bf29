/** A JSON value: the only kind of value a variable may hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Variables by name, as commands carry them. */
export type VariableMap = Readonly<Record<string, JsonValue>>;
