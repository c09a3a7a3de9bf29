import { accessTo, type FieldAccess, type FormField, type FormModel, type TaskBinding } from '#engine';

export type AccessKind = 'readable' | 'writable' | 'requiredHere';
/** What a step does with every field and column, by name. */
export type AccessMap = ReadonlyMap<string, FieldAccess>;

const HIDDEN: FieldAccess = { readable: false, writable: false, requiredHere: false };

/** Fields in the order of the form, each table followed by its columns. */
export function namedFields(form: FormModel): readonly FormField[] {
  return form.fields.flatMap((field) => [field, ...(field.table?.columns ?? [])]);
}

export function accessMap(form: FormModel, binding: TaskBinding): AccessMap {
  return new Map(namedFields(form).map((field) => [field.name, accessTo(field, binding)]));
}

/** Computed and read-only fields are written by nobody, whatever the step says. */
export function mayBeWritten({ readOnly, rules }: FormField): boolean {
  return !readOnly && rules.value === undefined;
}

/**
 * The same with some fields ticked or not. What makes no sense cannot be: who must fill a field may change it, who may change it sees
 * it. A table speaks for its columns; rows without a column to write into are not added.
 */
export function withAccess(
  form: FormModel,
  map: AccessMap,
  { names, kind, on }: { readonly names: readonly string[]; readonly kind: AccessKind; readonly on: boolean },
): AccessMap {
  const next = new Map(map);
  const byName = new Map(namedFields(form).map((field) => [field.name, field]));
  for (const name of names) {
    const field = byName.get(name);
    if (field === undefined) continue;
    // To have rows at all is asked of the table, not of each of its cells.
    const inside = kind === 'requiredHere' && on ? [] : (field.table?.columns ?? []);
    for (const one of [field, ...inside]) next.set(one.name, ticked(one, next.get(one.name) ?? HIDDEN, { kind, on }));
    if (kind === 'requiredHere' && on && field.table) openColumns(field, next);
  }
  for (const field of form.fields) if (field.table) settleTable(field, next);
  return next;
}

function ticked(field: FormField, before: FieldAccess, { kind, on }: { kind: AccessKind; on: boolean }): FieldAccess {
  const may = mayBeWritten(field);
  if (!on) {
    if (kind === 'readable') return HIDDEN;
    return kind === 'writable'
      ? { ...before, writable: false, requiredHere: false }
      : { ...before, requiredHere: false };
  }
  if (kind === 'readable') return { ...before, readable: true };
  if (!may) return before;
  return { readable: true, writable: true, requiredHere: before.requiredHere || kind === 'requiredHere' };
}

/** Rows can be filled in only where a column can. */
function openColumns(table: FormField, map: Map<string, FieldAccess>): void {
  const columns = table.table!.columns;
  if (columns.some(({ name }) => map.get(name)?.writable)) return;
  for (const column of columns)
    map.set(column.name, ticked(column, map.get(column.name) ?? HIDDEN, { kind: 'writable', on: true }));
}

function settleTable(table: FormField, map: Map<string, FieldAccess>): void {
  const columns = table.table!.columns.map(({ name }) => map.get(name) ?? HIDDEN);
  const before = map.get(table.name) ?? HIDDEN;
  const writable = before.writable && columns.some((one) => one.writable);
  map.set(table.name, {
    readable: columns.some((one) => one.readable),
    writable,
    requiredHere: before.requiredHere && writable,
  });
}

export function sameAccess(left: AccessMap, right: AccessMap): boolean {
  return [...left].every(([name, access]) => levelOf(access) === levelOf(right.get(name) ?? HIDDEN));
}

export type AccessLevel = 'hidden' | 'readable' | 'writable' | 'required';

/** The three ticks in one word: each includes the ones before it. */
export function levelOf({ readable, writable, requiredHere }: FieldAccess): AccessLevel {
  if (requiredHere) return 'required';
  return writable ? 'writable' : readable ? 'readable' : 'hidden';
}
