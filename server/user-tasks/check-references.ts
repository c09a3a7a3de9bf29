import {
  fieldLabel,
  fileReferenceOf,
  type FileReference,
  type FormEvaluation,
  type FormField,
  type FormModel,
  type JsonValue,
  type Key,
  type VariableMap,
} from '#engine';
import type { Language } from '#contract';
import type { Executor } from '../database/connect.ts';
import { findFilesByKey, type StoredFile } from '../files/file-read-model.ts';
import type { InputError } from '../http/refused.ts';
import { BROKEN_LOOKUP, checkLookups, type LookupSurroundings } from '../registers/check-lookups.ts';

/** A submission as the rules of its form have left it. */
export interface CheckedSubmission {
  readonly form: FormModel;
  /** What the submission writes. */
  readonly variables: Readonly<Record<string, JsonValue>>;
  /** What it may write: the cells of a table are written whole, and those that are only restored nobody here could correct. */
  readonly fields: FormEvaluation['fields'];
  /** All values of the form as they will be: what filters of look-ups read. */
  readonly values: Readonly<Record<string, JsonValue>>;
}

export interface ReferenceCheck extends LookupSurroundings, CheckedSubmission {
  /** Of the case, and so of its files. */
  readonly bucket: number;
  /** May this submission refer to the file? One of the case, or one that its sender uploaded for it. */
  readonly owns: (file: StoredFile) => boolean;
  readonly language: Language;
}

export interface CheckedReferences {
  readonly errors: readonly InputError[];
  /** Keys of the files that the submission refers to. */
  readonly fileKeys: readonly Key[];
}

/**
 * What only the server can know of submitted values (forms-ux.md "Evaluation", step 8): that each file was uploaded for
 * this very submission or lies in this case already, exactly as described, and that people, groups and rows of registers exist and fit.
 */
export async function checkReferences(executor: Executor, check: ReferenceCheck): Promise<CheckedReferences> {
  const places = placesOf(check);
  const attached = places.filter(({ field }) => field.files !== undefined);
  const fileKeys = attached.flatMap(({ value }) =>
    referencesIn(value).flatMap((reference) => {
      const key = Number(reference?.fileKey);
      return Number.isSafeInteger(key) ? [key] : [];
    }),
  );
  const found = await findFilesByKey(executor, { bucket: check.bucket, fileKeys });
  const files = new Map(found.map((file) => [String(file.file_key), file]));
  const errors = attached.flatMap((place) => checkFiles(place, check, files));
  const lookups = places
    .filter(({ field }) => field.kind === 'reference')
    .map((place) => ({ ...place, form: { ...check.values, ...place.row } }));
  const broken = await checkLookups(executor, lookups, check);
  for (const [index, what] of broken.entries()) {
    if (what !== null) errors.push(errorAt(lookups[index]!, check, 'options', BROKEN_LOOKUP[what]));
  }
  return { errors, fileKeys };
}

/** A value that refers to something, a field's or a cell's. */
interface Place {
  readonly field: FormField;
  readonly path: string;
  readonly value: JsonValue;
  /** The line around a cell. */
  readonly row?: VariableMap;
}

function placesOf({ form, variables, fields }: CheckedSubmission): readonly Place[] {
  return form.fields.flatMap((field): readonly Place[] => {
    const value = variables[field.name] ?? null;
    if (value === null) return [];
    if (!field.table) return [{ field, path: field.path, value }];
    const columns = field.table.columns.filter(({ kind, files }) => files !== undefined || kind === 'reference');
    const states = fields.get(field.path)?.rowStates ?? [];
    return (value as readonly VariableMap[]).flatMap((row, index) =>
      columns.flatMap((column): readonly Place[] => {
        const { key } = column.column!;
        const cell = row[key] ?? null;
        const restored = column.rules.value === undefined && states[index]?.cells[key]?.readonly === true;
        return cell === null || restored
          ? []
          : [{ field: column, path: `${field.path}/${index}/${key}`, value: cell, row }];
      }),
    );
  });
}

function referencesIn(value: JsonValue): readonly (FileReference | undefined)[] {
  return (Array.isArray(value) ? value : []).map(fileReferenceOf);
}

function checkFiles(
  place: Place,
  check: ReferenceCheck,
  files: ReadonlyMap<string, StoredFile>,
): readonly InputError[] {
  return referencesIn(place.value).flatMap((reference): readonly InputError[] => {
    const file = reference === undefined ? undefined : files.get(reference.fileKey);
    const same =
      file !== undefined &&
      file.sha256 === reference!.sha256 &&
      file.size === reference!.size &&
      file.mime_type === reference!.mimeType &&
      file.name === reference!.name;
    if (same && check.owns(file)) return [];
    return [
      errorAt(place, check, 'fileReference', [
        'файл не из этого дела, приложите его заново',
        'the file is not of this case, attach it again',
      ]),
    ];
  });
}

function errorAt(
  { field, path }: Place,
  check: ReferenceCheck,
  keyword: string,
  [ru, en]: readonly [string, string],
): InputError {
  const label = fieldLabel(check.form, check.language, field);
  const message = check.language === 'ru' ? `«${label}»: ${ru}.` : `“${label}”: ${en}.`;
  return { path, keyword, params: {}, message };
}
