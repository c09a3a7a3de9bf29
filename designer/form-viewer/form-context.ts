import {
  fieldLabel,
  formText,
  type FieldOption,
  type FileReference,
  type FormField,
  type FormLanguage,
  type FormModel,
  type JsonValue,
  type ReferenceSource,
  type VariableMap,
} from '#engine';
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { FieldSnapshot, FormStore } from './form-store.ts';
import type { UploadShelf } from './upload-queue.ts';
import type { Revealer } from './revealer.ts';
import type { CellAddress, CellSnapshot } from './row-views.ts';
import type { StepperLink } from './stepper-link.ts';
import { viewerText, type FormTextKey } from './texts.ts';

export interface UploadOptions {
  /** Path of the field in the form data. */
  readonly path: string;
  /** The same for every attempt with this file, so that the server keeps one. */
  readonly key: string;
  /** 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** What a field may ask of the application around the form. */
export interface FormServices {
  /** Stores the bytes; rejects with `UploadFailed` when the server refuses the file or cannot be reached. */
  readonly upload: (file: File, options: UploadOptions) => Promise<FileReference>;
  /** Where files wait for the net across reloads; without it they wait in memory. */
  readonly uploadShelf?: UploadShelf | undefined;
  /** undefined: the page cannot show it (any more), only name it. */
  readonly fileUrl: (file: FileReference) => string | undefined;
  /** People, groups or rows of a register whose name contains `search`, or the ones with exactly these values (to label what is already chosen). */
  readonly lookup: (query: LookupQuery) => Promise<readonly LookupOption[]>;
}

export interface LookupOption extends FieldOption {
  /** Fields of the register that choosing this row writes into the form. */
  readonly values?: VariableMap;
}

export interface LookupQuery {
  readonly source: ReferenceSource;
  /** The values of the form that the filter of a register reads. */
  readonly form?: VariableMap;
  readonly search?: string;
  readonly values?: readonly string[];
}

interface FormSurroundings extends FormServices {
  readonly form: FormModel;
  readonly store: FormStore;
  /** Brings what is out of sight (another step, a row further down) before the eyes. */
  readonly revealer: Revealer;
  readonly stepper: StepperLink;
  /** The page has a button of its own that goes on to the next step. */
  readonly pageMoves: boolean;
  /** Sends the whole form, or shows what is wrong with it. */
  readonly send: () => void;
  readonly language: FormLanguage;
  /** Prefix of element ids, unique on the page. */
  readonly idPrefix: string;
  readonly readOnly: boolean;
  readonly touch: boolean;
  /** As the submit button: in a step before the last it goes on. */
  readonly submit: () => void;
}

export const FormContext = createContext<FormSurroundings | undefined>(undefined);

export function useForm(): FormSurroundings {
  const context = useContext(FormContext);
  if (!context) throw new Error('Expected a FormViewer around this component.');
  return context;
}

export interface ValueBeside {
  readonly field: FormField;
  /** What the store tells of its changes. */
  readonly path: string;
  readonly value: () => JsonValue | undefined;
}

/** Everything a field component needs. Draws again only when this field changed. */
export interface FieldBinding extends FieldSnapshot {
  readonly field: FormField;
  readonly label: string;
  readonly help: string | undefined;
  readonly placeholder: string | undefined;
  /** Id of the element that takes the focus. */
  readonly inputId: string;
  /** The first sentence to show under the field. */
  readonly error: string | undefined;
  readonly change: FormStore['change'];
  readonly leave: () => void;
  /** The value at this moment, for what ends between two drawings. */
  readonly current: () => JsonValue | undefined;
  /** Another value that a look-up reads or fills: of the same row in a table, else of the form. */
  readonly beside: (name: string) => ValueBeside | undefined;
  /** Why the form cannot be sent just now; undefined lifts it. */
  readonly block: (message: string | undefined) => void;
}

export function useField(field: FormField): FieldBinding {
  const { form, store, language, idPrefix, readOnly } = useForm();
  const snapshot = useSyncExternalStore(
    (listener) => store.subscribe(field.path, listener),
    () => store.field(field.path),
  );
  const acts = useMemo(
    () => ({
      change: (target: FormField, value: JsonValue) => store.change(target, value),
      leave: () => store.leave(field),
      current: () => store.field(field.path).value,
      beside: (name: string) => formValue(form, store, name),
      block: (message: string | undefined) => store.block(field.name, message),
    }),
    [form, store, field],
  );
  return {
    ...snapshot,
    ...acts,
    readonly: snapshot.readonly || readOnly,
    field,
    label: fieldLabel(form, language, field),
    help: formText(form, language, `${field.name}.help`),
    placeholder: formText(form, language, `${field.name}.placeholder`),
    inputId: inputId(idPrefix, field.name),
    error: snapshot.errors[0]?.message,
  };
}

function formValue(form: FormModel, store: FormStore, name: string): ValueBeside | undefined {
  const field = form.fieldsByName.get(name);
  return field && { field, path: field.path, value: () => store.field(field.path).value };
}

/** The same for a cell; its inputs are those of a field. undefined when the row has just gone. */
export function useCell(address: CellAddress): FieldBinding | undefined {
  const { form, store, language, idPrefix, readOnly } = useForm();
  const { table, rowId, column } = address;
  const owner = `${table.name}/${rowId}/${column.column!.key}`;
  const snapshot = useSyncExternalStore(
    (listener) => store.subscribe(`/${owner}`, listener),
    () => store.cell(address),
  );
  const acts = useMemo(() => {
    const cell = { table, rowId, column };
    return {
      // Choosing a row of a register fills other cells of the line too.
      change: (target: FormField, value: JsonValue) => store.changeCell({ ...cell, column: target }, value),
      leave: () => store.leaveCell(cell),
      current: () => store.cell(cell)?.value,
      beside: (name: string): ValueBeside | undefined => {
        const other = table.table!.columns.find((one) => one.column!.key === name);
        if (!other) return formValue(form, store, name);
        const address = { table, rowId, column: other };
        return { field: other, path: `${table.path}/${rowId}/${name}`, value: () => store.cell(address)?.value };
      },
      block: (message: string | undefined) => store.block(owner, message),
    };
  }, [form, store, table, rowId, column, owner]);
  if (!snapshot) return undefined;
  return {
    ...snapshot,
    ...acts,
    readonly: snapshot.readonly || readOnly,
    field: column,
    label: fieldLabel(form, language, column),
    help: formText(form, language, `${column.name}.help`),
    placeholder: formText(form, language, `${column.name}.placeholder`),
    inputId: inputId(idPrefix, owner),
    error: shortMessage(snapshot, form, { table, language }),
  };
}

/** In its own row a mistake need not say which row it is in. */
function shortMessage(
  { errors }: CellSnapshot,
  form: FormModel,
  { table, language }: { readonly table: FormField; readonly language: FormLanguage },
): string | undefined {
  const message = errors[0]?.message;
  const label = fieldLabel(form, language, table);
  const words = message?.split(label, 2);
  if (message === undefined || !words || words.length < 2) return message;
  const rest = message.slice(words[0]!.length + label.length).replace(/^, (?:строка|row) \d+(?:: )?/u, '');
  return words[0] === '' ? rest.charAt(0).toUpperCase() + rest.slice(1) : words[0] + rest;
}

/** Of the element that takes the focus; `owner` is a field's name or a cell's `works/<rowId>/qty`. */
export function inputId(idPrefix: string, owner: string): string {
  return `${idPrefix}-${owner.replaceAll('/', '-')}`;
}

/** Texts of the viewer in the form's language. */
export function useViewerText(): (key: FormTextKey, values?: Readonly<Record<string, string | number>>) => string {
  const { language } = useForm();
  return (key, values) => viewerText(language, key, values);
}
