import {
  evaluateForm,
  forgetRules,
  initialValues,
  ROW_ID,
  type FieldState,
  type FormError,
  type FormEvaluation,
  type FormEvaluationRequest,
  type FormField,
  type JsonValue,
  type RuleMemory,
  type VariableMap,
} from '#engine';
import { draftOf } from './draft-of.ts';
import { RowViews, sameErrors, type CellAddress, type CellSnapshot, type RowValues } from './row-views.ts';

/** Everything of one opened form that does not change while it is filled. */
export type FormSetting = Omit<FormEvaluationRequest, 'input' | 'mode' | 'memory' | 'onRuleEvaluated'>;

/** What one field's component draws from. A new object only when something in it changed. */
export interface FieldSnapshot extends Omit<FieldState, 'rowStates'> {
  /** Not of a table: its rows have values. */
  readonly value: JsonValue | undefined;
  /** Errors to show now, those of its items (`/photos/2`) included; of a table only those of the table itself. */
  readonly errors: readonly FormError[];
  readonly table?: TableSnapshot;
}

export interface TableSnapshot {
  readonly rowIds: readonly string[];
  /** Keys of columns that no row shows. */
  readonly hidden: readonly string[];
}

interface StoreOptions extends FormSetting {
  readonly draft: VariableMap;
  readonly onRuleEvaluated?: (ruleId: string) => void;
}

/** Told of every change of a value. */
export const VALUES = '#values';

/** An error and what it belongs to whatever happens to the rows: `qty`, `works`, `works/<rowId>` or `works/<rowId>/qty`. */
interface OwnedError {
  readonly error: FormError;
  readonly owner: string;
}

/**
 * The state of one opened form. Each component subscribes to its own path, so a key stroke draws the field or cell typed in and those
 * whose rules it changed; the same pipeline as on the server decides which (its memory skips the rules whose inputs did not change).
 * Cells are addressed by `/works/<rowId>/qty`, which stays when rows above are deleted; errors come by row number and are translated.
 */
export class FormStore {
  readonly setting: FormSetting;
  readonly #memory: RuleMemory = new Map();
  readonly #onRuleEvaluated: ((ruleId: string) => void) | undefined;
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #touched = new Set<string>();
  /** Fields of steps that were tried to be left: all of their errors are shown. */
  readonly #checked = new Set<string>();
  readonly #rows: ReadonlyMap<string, RowViews>;
  #values: Readonly<Record<string, JsonValue>>;
  #serverErrors: readonly OwnedError[] = [];
  #blocking: ReadonlyMap<string, string> = new Map();
  #submitted = false;
  #evaluation: FormEvaluation;
  #snapshots: ReadonlyMap<string, FieldSnapshot> = new Map();
  #shownErrors: readonly FormError[] = [];
  #summary: readonly FormError[] = [];

  constructor({ draft, onRuleEvaluated, ...setting }: StoreOptions) {
    this.setting = setting;
    this.#onRuleEvaluated = onRuleEvaluated;
    this.#values = { ...initialValues(setting.form, setting.binding, setting.stored), ...draft };
    this.#rows = new Map(
      setting.form.fields.flatMap((field) => (field.table ? [[field.name, new RowViews(field)] as const] : [])),
    );
    this.#evaluation = this.#evaluate('submit');
    this.#refresh();
  }

  /** For useSyncExternalStore; path '' is told of changes in the summary, VALUES of every value typed. */
  subscribe(path: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(path) ?? new Set();
    this.#listeners.set(path, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  field(path: string): FieldSnapshot {
    return this.#snapshots.get(path)!;
  }

  /** undefined when the row is gone. */
  cell({ table, rowId, column }: CellAddress): CellSnapshot | undefined {
    return this.#rows.get(table.name)!.cell(rowId, column.column!.key);
  }

  rowErrors(table: FormField, rowId: string): readonly FormError[] {
    return this.#rows.get(table.name)!.rowErrors(rowId);
  }

  /** All values of a column as they stand, for the totals below it. */
  columnValues({ name, path }: FormField, key: string): readonly (JsonValue | undefined)[] {
    const { rowStates = [] } = this.#evaluation.fields.get(path)!;
    return this.#rows.has(name) ? rowStates.map(({ cells }) => cells[key]!.value) : [];
  }

  /** The rows of a table as typed. */
  rows({ name }: FormField): readonly RowValues[] {
    const rows = this.#values[name];
    return Array.isArray(rows) ? (rows as readonly RowValues[]) : [];
  }

  /** All errors to show now, in layout order. */
  shownErrors(): readonly FormError[] {
    return this.#shownErrors;
  }

  /** The same once submitting (or leaving a step) was tried; before that a mistake is told at its field only. */
  summary(): readonly FormError[] {
    return this.#summary;
  }

  /** What was typed, as JSON; the pipeline normalises it. null clears. */
  change(field: FormField, value: JsonValue): void {
    this.#change(field.name, value, field.name);
  }

  changeCell({ table, rowId, column }: CellAddress, value: JsonValue): void {
    const { key } = column.column!;
    const rows = this.rows(table).map((row) => (row[ROW_ID] === rowId ? { ...row, [key]: value } : row));
    this.#change(table.name, rows, `${table.name}/${rowId}/${key}`);
  }

  /** Rows added, removed, moved or pasted. */
  changeRows(table: FormField, rows: readonly RowValues[]): void {
    this.#change(table.name, rows, table.name);
  }

  /** The person left the field: from now on its mistakes are shown. That it is empty is told only on submit. */
  leave(field: FormField): void {
    this.#touch([field.name]);
  }

  leaveCell({ table, rowId, column }: CellAddress): void {
    this.#touch([`${table.name}/${rowId}`, `${table.name}/${rowId}/${column.column!.key}`]);
  }

  /** A reason why a field or cell cannot be submitted just now (an upload under way); undefined lifts it. */
  block(owner: string, message: string | undefined): void {
    if (this.#blocking.get(owner) === message) return;
    const blocking = new Map(this.#blocking);
    if (message === undefined) blocking.delete(owner);
    else blocking.set(owner, message);
    this.#blocking = blocking;
    this.#refresh();
  }

  /** Errors the server found; each stays until its field is changed. */
  showServerErrors(errors: readonly FormError[]): void {
    this.#serverErrors = errors.map((error) => ({ error, owner: this.ownerOf(error) }));
    this.#submitted ||= errors.length > 0;
    this.#refresh();
  }

  /** From now on all errors of these fields are shown; those there are. */
  check(names: readonly string[]): readonly FormError[] {
    for (const name of names) this.#checked.add(name);
    this.#refresh();
    return this.#shownErrors.filter((error) => names.includes(nameOf(error)));
  }

  /** From now on all errors are shown. Without any, what to send; rules run afresh, without memory. */
  submit(): { readonly variables: VariableMap } | { readonly errors: readonly FormError[] } {
    this.#submitted = true;
    this.#serverErrors = [];
    forgetRules(this.#memory);
    this.#evaluation = this.#evaluate('submit');
    this.#refresh();
    return this.#shownErrors.length > 0 ? { errors: this.#shownErrors } : { variables: this.#evaluation.variables };
  }

  /** What to keep as the draft: everything typed that can be stored, hidden fields too. */
  draft(): VariableMap {
    return draftOf(this.#evaluate('draft'));
  }

  /** What an error belongs to: `/works/2/qty` → `works/<rowId>/qty`, `/photos/1` → `photos`. */
  ownerOf({ path }: FormError): string {
    const [, name = '', index, key] = path.split('/');
    if (index === undefined || !this.#rows.has(name)) return name;
    const rowId = this.#evaluation.fields.get(`/${name}`)?.rowStates?.[Number(index)]?.rowId;
    return [name, rowId ?? index, ...(key === undefined ? [] : [key])].join('/');
  }

  #change(name: string, value: JsonValue, owner: string): void {
    this.#values = { ...this.#values, [name]: value };
    this.#serverErrors = this.#serverErrors.filter((error) => error.owner !== owner);
    this.#evaluation = this.#evaluate('submit');
    this.#refresh();
    this.#tell(VALUES);
  }

  #touch(owners: readonly string[]): void {
    const fresh = owners.filter((owner) => !this.#touched.has(owner));
    if (fresh.length === 0) return;
    for (const owner of fresh) this.#touched.add(owner);
    this.#refresh();
  }

  #evaluate(mode: 'draft' | 'submit'): FormEvaluation {
    const watch = this.#onRuleEvaluated && { onRuleEvaluated: this.#onRuleEvaluated };
    return evaluateForm({ ...this.setting, ...watch, mode, input: this.#values, memory: this.#memory });
  }

  #refresh(): void {
    const owned = this.#errorsToShow();
    const changed = new Set<string>();
    const own = groupBy(owned, ({ owner }) => owner.split('/', 1)[0]!);
    const snapshots = this.setting.form.fields.map((field): readonly [string, FieldSnapshot] => {
      const before = this.#snapshots.get(field.path);
      const now = field.table
        ? this.#tableSnapshot(field, own.get(field.name) ?? [], { before, changed })
        : this.#fieldSnapshot(field, own.get(field.name) ?? []);
      if (before && sameSnapshot(before, now)) return [field.path, before];
      changed.add(field.path);
      return [field.path, now];
    });
    this.#snapshots = new Map(snapshots);
    const errors = owned.map(({ error }) => error);
    if (!sameErrors(this.#shownErrors, errors)) this.#shownErrors = errors;
    const told = this.#submitted
      ? this.#shownErrors
      : this.#shownErrors.filter((error) => this.#checked.has(nameOf(error)));
    if (!sameErrors(this.#summary, told)) {
      this.#summary = told;
      changed.add('');
    }
    for (const path of changed) this.#tell(path);
  }

  #tell(path: string): void {
    this.#listeners.get(path)?.forEach((listener) => listener());
  }

  #fieldSnapshot(field: FormField, errors: readonly OwnedError[]): FieldSnapshot {
    const state = this.#evaluation.fields.get(field.path)!;
    const isTyped = !state.readonly && field.rules.value === undefined;
    const value = isTyped ? this.#values[field.name] : this.#evaluation.data[field.name];
    return { ...state, value, errors: errors.map(({ error }) => error) };
  }

  #tableSnapshot(
    field: FormField,
    errors: readonly OwnedError[],
    { before, changed }: { readonly before: FieldSnapshot | undefined; readonly changed: Set<string> },
  ): FieldSnapshot {
    const { rowStates = [], ...state } = this.#evaluation.fields.get(field.path)!;
    const views = this.#rows.get(field.name)!;
    const ofRows = groupBy(
      errors.filter(({ owner }) => owner !== field.name),
      ({ owner }) => owner.split('/')[1]!,
    );
    const redrawn = views.update({
      states: rowStates,
      typed: new Map(this.rows(field).map((row) => [row[ROW_ID] as string, row])),
      errors: new Map([...ofRows].map(([rowId, list]) => [rowId, list.map(({ error }) => error)])),
    });
    for (const path of redrawn) if (path !== '') changed.add(`${field.path}/${path}`);
    const table = before?.table && !redrawn.has('') ? before.table : { rowIds: views.rowIds, hidden: views.hidden };
    const own = errors.filter(({ owner }) => owner === field.name).map(({ error }) => error);
    return { ...state, value: undefined, errors: own, table };
  }

  #errorsToShow(): readonly OwnedError[] {
    // Where the server has spoken, its word is shown: it may know what the form cannot (step 8 of the pipeline).
    const fromServer = new Set(this.#serverErrors.map(({ owner }) => owner));
    const shown = this.#evaluation.errors
      .map((error): OwnedError => ({ error, owner: this.ownerOf(error) }))
      .filter(({ error, owner }) => !fromServer.has(owner) && this.#isTold(error, owner));
    const fromUploads = [...this.#blocking]
      .filter(([owner]) => this.#submitted || this.#checked.has(owner.split('/', 1)[0]!))
      .map(([owner, message]): OwnedError => ({
        owner,
        error: { path: `/${owner}`, keyword: 'fileReference', params: {}, message },
      }));
    const beside = [...this.#serverErrors, ...fromUploads].filter(({ owner }) => this.#exists(owner));
    const order = new Map(this.setting.form.fields.map((field, index) => [field.name, index]));
    const place = ({ owner }: OwnedError): number => order.get(owner.split('/', 1)[0]!) ?? order.size;
    return [...shown, ...beside].sort((left, right) => place(left) - place(right));
  }

  #isTold({ keyword }: FormError, owner: string): boolean {
    if (this.#submitted || this.#checked.has(owner.split('/', 1)[0]!)) return true;
    return this.#touched.has(owner) && keyword !== 'required';
  }

  /** The server may speak of a row that has been deleted since. */
  #exists(owner: string): boolean {
    const [name = '', rowId] = owner.split('/');
    const rows = this.#rows.get(name);
    if (!rows || rowId === undefined) return true;
    return this.#evaluation.fields.get(`/${name}`)!.rowStates!.some((row) => row.rowId === rowId);
  }
}

/** The field an error belongs to: `/photos/2` → `photos`; '' for the form's own. */
export function nameOf(error: FormError): string {
  return error.path.split('/')[1] ?? '';
}

function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function sameSnapshot(left: FieldSnapshot, right: FieldSnapshot): boolean {
  return (
    Object.is(left.value, right.value) &&
    left.visible === right.visible &&
    left.required === right.required &&
    left.readonly === right.readonly &&
    left.table === right.table &&
    sameOptions(left.options, right.options) &&
    sameErrors(left.errors, right.errors)
  );
}

function sameOptions(left: FieldState['options'] = [], right: FieldState['options'] = []): boolean {
  return (
    left.length === right.length &&
    left.every((option, at) => option.value === right[at]!.value && option.label === right[at]!.label)
  );
}
