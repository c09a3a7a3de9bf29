import {
  bucketOf,
  fieldLabel,
  fileReferenceOf,
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
import { BROKEN_LOOKUP, checkLookups, type Lookup, type LookupSurroundings } from '../registers/check-lookups.ts';

export interface ReferenceCheck extends LookupSurroundings {
  readonly form: FormModel;
  /** What the submission writes. */
  readonly variables: Readonly<Record<string, JsonValue>>;
  /** All values of the form as they will be: what filters of look-ups read. */
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly caseKey: Key;
  readonly userTaskKey: Key;
  readonly username: string;
  readonly language: Language;
}

export interface CheckedReferences {
  readonly errors: readonly InputError[];
  /** Keys of the files that the submission refers to. */
  readonly fileKeys: readonly Key[];
}

/**
 * What only the server can know of submitted values (forms-ux.md "Evaluation", step 8): that each file was uploaded for
 * this task or lies in this case already, exactly as described, and that people, groups and rows of registers exist and fit.
 */
export async function checkReferences(executor: Executor, check: ReferenceCheck): Promise<CheckedReferences> {
  const errors: InputError[] = [];
  const fileKeys: Key[] = [];
  const lookups: (Lookup & { readonly place: Place })[] = [];
  for (const place of placesOf(check.form, check.variables)) {
    const { field, value, row } = place;
    if (field.files) fileKeys.push(...(await checkFiles(executor, { ...check, place, errors })));
    if (field.kind === 'reference') lookups.push({ place, field, value, form: { ...check.values, ...row } });
  }
  const broken = await checkLookups(executor, lookups, check);
  for (const [index, what] of broken.entries()) {
    if (what !== null) errors.push(errorAt(lookups[index]!.place, check, 'options', BROKEN_LOOKUP[what]));
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

function placesOf({ fields }: FormModel, variables: ReferenceCheck['variables']): readonly Place[] {
  return fields.flatMap((field): readonly Place[] => {
    const value = variables[field.name] ?? null;
    if (value === null) return [];
    if (!field.table) return [{ field, path: field.path, value }];
    const columns = field.table.columns.filter(({ kind, files }) => files !== undefined || kind === 'reference');
    return (value as readonly ReferenceCheck['variables'][]).flatMap((row, index) =>
      columns.flatMap((column): readonly Place[] => {
        const { key } = column.column!;
        const cell = row[key] ?? null;
        return cell === null ? [] : [{ field: column, path: `${field.path}/${index}/${key}`, value: cell, row }];
      }),
    );
  });
}

async function checkFiles(
  executor: Executor,
  check: ReferenceCheck & { readonly place: Place; readonly errors: InputError[] },
): Promise<readonly Key[]> {
  const { value } = check.place;
  const references = (Array.isArray(value) ? value : []).map(fileReferenceOf);
  const keys = references.map((reference) => Number(reference?.fileKey)).filter(Number.isSafeInteger);
  const found = await findFilesByKey(executor, { bucket: bucketOf(check.caseKey), fileKeys: keys });
  const byKey = new Map(found.map((file) => [String(file.file_key), file]));
  for (const reference of references) {
    const file = reference === undefined ? undefined : byKey.get(reference.fileKey);
    const same =
      file !== undefined &&
      file.sha256 === reference!.sha256 &&
      file.size === reference!.size &&
      file.mime_type === reference!.mimeType &&
      file.name === reference!.name;
    if (same && belongs(file, check)) continue;
    check.errors.push(
      errorAt(check.place, check, 'fileReference', [
        'файл не из этого дела, приложите его заново',
        'the file is not of this case, attach it again',
      ]),
    );
  }
  return keys;
}

/** In the case already, or uploaded by this person for this very task. */
function belongs(file: StoredFile, { caseKey, userTaskKey, username }: ReferenceCheck): boolean {
  if (file.case_key !== caseKey) return false;
  return file.referenced_at !== null || (file.user_task_key === userTaskKey && file.created_by === username);
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
