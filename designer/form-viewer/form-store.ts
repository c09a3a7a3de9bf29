import {
  evaluateForm,
  initialValues,
  type FieldState,
  type FormError,
  type FormEvaluation,
  type FormEvaluationRequest,
  type FormField,
  type JsonValue,
  type RuleMemory,
  type VariableMap,
} from '#engine';

/** Everything of one opened form that does not change while it is filled. */
export type FormSetting = Omit<FormEvaluationRequest, 'input' | 'mode' | 'memory' | 'onRuleEvaluated'>;

/** What one field's component draws from. A new object only when something in it changed. */
export interface FieldSnapshot extends FieldState {
  readonly value: JsonValue | undefined;
  /** Errors to show now, those of its items (`/photos/2`) included. */
  readonly errors: readonly FormError[];
}

interface StoreOptions extends FormSetting {
  readonly draft: VariableMap;
  readonly onRuleEvaluated?: (ruleId: string) => void;
}

/**
 * The state of one opened form. Each component subscribes to its own path, so a key stroke draws the field typed in and those whose
 * rules it changed; the same pipeline as on the server decides which (its memory skips the rules whose inputs did not change).
 */
export class FormStore {
  readonly setting: FormSetting;
  readonly #memory: RuleMemory = new Map();
  readonly #onRuleEvaluated: ((ruleId: string) => void) | undefined;
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #touched = new Set<string>();
  #values: Readonly<Record<string, JsonValue>>;
  #serverErrors: readonly FormError[] = [];
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
    this.#evaluation = this.#evaluate('submit');
    this.#refresh();
  }

  /** For useSyncExternalStore; path '' is told of changes in the summary. */
  subscribe(path: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(path) ?? new Set();
    this.#listeners.set(path, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  field(path: string): FieldSnapshot {
    return this.#snapshots.get(path)!;
  }

  /** All errors to show now, in layout order. */
  shownErrors(): readonly FormError[] {
    return this.#shownErrors;
  }

  /** The same once submitting was tried; before that a mistake is told at its field only. */
  summary(): readonly FormError[] {
    return this.#summary;
  }

  /** What was typed, as JSON; the pipeline normalises it. null clears. */
  change(field: FormField, value: JsonValue): void {
    this.#values = { ...this.#values, [field.name]: value };
    this.#serverErrors = this.#serverErrors.filter((error) => nameOf(error) !== field.name);
    this.#evaluation = this.#evaluate('submit');
    this.#refresh();
  }

  /** The person left the field: from now on its mistakes are shown. That it is empty is told only on submit. */
  leave(field: FormField): void {
    if (this.#touched.has(field.name)) return;
    this.#touched.add(field.name);
    this.#refresh();
  }

  /** A reason why a field cannot be submitted just now (an upload under way); undefined lifts it. */
  block(field: FormField, message: string | undefined): void {
    const blocking = new Map(this.#blocking);
    if (message === undefined) blocking.delete(field.name);
    else blocking.set(field.name, message);
    this.#blocking = blocking;
    this.#refresh();
  }

  /** Errors the server found; each stays until its field is changed. */
  showServerErrors(errors: readonly FormError[]): void {
    this.#serverErrors = errors;
    this.#submitted ||= errors.length > 0;
    this.#refresh();
  }

  /** From now on all errors are shown. Without any, what to send; rules run afresh, without memory. */
  submit(): { readonly variables: VariableMap } | { readonly errors: readonly FormError[] } {
    this.#submitted = true;
    this.#serverErrors = [];
    this.#memory.clear();
    this.#evaluation = this.#evaluate('submit');
    this.#refresh();
    return this.#shownErrors.length > 0 ? { errors: this.#shownErrors } : { variables: this.#evaluation.variables };
  }

  /** What to keep as the draft: everything typed that can be stored, hidden fields too. */
  draft(): VariableMap {
    const { variables, errors } = this.#evaluate('draft');
    const unfit = new Set(errors.map(nameOf));
    return Object.fromEntries(Object.entries(variables).filter(([name]) => !unfit.has(name)));
  }

  #evaluate(mode: 'draft' | 'submit'): FormEvaluation {
    const watch = this.#onRuleEvaluated && { onRuleEvaluated: this.#onRuleEvaluated };
    return evaluateForm({ ...this.setting, ...watch, mode, input: this.#values, memory: this.#memory });
  }

  #refresh(): void {
    const errors = this.#errorsToShow();
    const changed = new Set<string>();
    const snapshots = this.setting.form.fields.map((field): readonly [string, FieldSnapshot] => {
      const before = this.#snapshots.get(field.path);
      const state = this.#evaluation.fields.get(field.path)!;
      const value = this.#isTyped(field, state) ? this.#values[field.name] : this.#evaluation.data[field.name];
      const now = { ...state, value, errors: errors.filter((error) => nameOf(error) === field.name) };
      if (before && sameSnapshot(before, now)) return [field.path, before];
      changed.add(field.path);
      return [field.path, now];
    });
    this.#snapshots = new Map(snapshots);
    if (!sameErrors(this.#shownErrors, errors)) this.#shownErrors = errors;
    const summary = this.#submitted ? this.#shownErrors : this.#summary;
    if (summary !== this.#summary) changed.add('');
    this.#summary = summary;
    for (const path of changed) this.#listeners.get(path)?.forEach((listener) => listener());
  }

  #isTyped(field: FormField, state: FieldState): boolean {
    return !state.readonly && field.rules.value === undefined;
  }

  #errorsToShow(): readonly FormError[] {
    // Where the server has spoken, its word is shown: it may know what the form cannot (step 8 of the pipeline).
    const fromServer = new Set(this.#serverErrors.map(({ path }) => path));
    const shown = this.#evaluation.errors.filter(
      (error) =>
        !fromServer.has(error.path) &&
        (this.#submitted || (this.#touched.has(nameOf(error)) && error.keyword !== 'required')),
    );
    const blocked = this.#submitted ? [...this.#blocking] : [];
    const fromUploads = blocked.map(([name, message]): FormError => ({
      path: `/${name}`,
      keyword: 'fileReference',
      params: {},
      message,
    }));
    const order = new Map(this.setting.form.fields.map((field, index) => [field.name, index]));
    const place = (error: FormError): number => order.get(nameOf(error)) ?? order.size;
    return [...shown, ...this.#serverErrors, ...fromUploads].sort((left, right) => place(left) - place(right));
  }
}

/** The field an error belongs to: `/photos/2` → `photos`; '' for the form's own. */
export function nameOf(error: FormError): string {
  return error.path.split('/')[1] ?? '';
}

function sameSnapshot(left: FieldSnapshot, right: FieldSnapshot): boolean {
  return (
    Object.is(left.value, right.value) &&
    left.visible === right.visible &&
    left.required === right.required &&
    left.readonly === right.readonly &&
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

function sameErrors(left: readonly FormError[], right: readonly FormError[]): boolean {
  return (
    left.length === right.length &&
    left.every((error, at) => error.path === right[at]!.path && error.message === right[at]!.message)
  );
}
