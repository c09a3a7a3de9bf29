import {
  fieldLabel,
  formText,
  type FieldOption,
  type FileReference,
  type FormField,
  type FormLanguage,
  type FormModel,
  type ReferenceSource,
  type VariableMap,
} from '#engine';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { FieldSnapshot, FormStore } from './form-store.ts';
import type { UploadShelf } from './upload-queue.ts';
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
  readonly fileUrl: (file: FileReference) => string;
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
  readonly language: FormLanguage;
  /** Prefix of element ids, unique on the page. */
  readonly idPrefix: string;
  readonly readOnly: boolean;
  readonly touch: boolean;
  /** As the submit button. */
  readonly submit: () => void;
}

export const FormContext = createContext<FormSurroundings | undefined>(undefined);

export function useForm(): FormSurroundings {
  const context = useContext(FormContext);
  if (!context) throw new Error('Expected a FormViewer around this component.');
  return context;
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
}

export function useField(field: FormField): FieldBinding {
  const { form, store, language, idPrefix, readOnly } = useForm();
  const snapshot = useSyncExternalStore(
    (listener) => store.subscribe(field.path, listener),
    () => store.field(field.path),
  );
  return {
    ...snapshot,
    readonly: snapshot.readonly || readOnly,
    field,
    label: fieldLabel(form, language, field),
    help: formText(form, language, `${field.name}.help`),
    placeholder: formText(form, language, `${field.name}.placeholder`),
    inputId: inputId(idPrefix, field.name),
    error: snapshot.errors[0]?.message,
    change: (target, value) => store.change(target, value),
    leave: () => store.leave(field),
  };
}

export function inputId(idPrefix: string, name: string): string {
  return `${idPrefix}-${name}`;
}

/** Texts of the viewer in the form's language. */
export function useViewerText(): (key: FormTextKey, values?: Readonly<Record<string, string | number>>) => string {
  const { language } = useForm();
  return (key, values) => viewerText(language, key, values);
}
