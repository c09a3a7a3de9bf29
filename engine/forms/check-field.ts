import type { JsonValue } from '../json.ts';
import type { SchemaError } from './schema-validator.ts';
import type { FieldOption } from './field-options.ts';
import { fileReferenceOf } from './file-reference.ts';
import type { FormField } from './form-definition.ts';
import { ERROR_KEYWORDS, type ErrorKeyword, type Finding } from './form-error.ts';
import { depthOf } from './json-checks.ts';
import { kindOf } from './kinds/field-kinds.ts';
import type { OtherValue } from './kinds/kind-definition.ts';

/** JSON Schema limits (reliability.md §3.2): deeper data overflows recursive checks. */
const MAX_DEPTH = 32;

/** A value to be judged, a field's or a cell's: where it stands, and the field that says what it must be. */
export interface JudgedValue {
  readonly field: FormField;
  readonly path: string;
  readonly value: JsonValue;
}

/** What else a value is judged by. */
export interface JudgedBeside {
  readonly options: readonly FieldOption[] | undefined;
  /** In a table: of the same row. */
  readonly other: OtherValue;
}

/** Cut before the validator sees it, because ajv walks a list or text of any length before it says "too long". */
export function oversize({ field, path, value }: JudgedValue): Finding | undefined {
  const { limits } = field;
  if (depthOf(value, MAX_DEPTH) > MAX_DEPTH) return { path, keyword: 'tooDeep', params: { limit: MAX_DEPTH } };
  if (Array.isArray(value) && limits.maxItems !== undefined && value.length > limits.maxItems)
    return { path, keyword: 'maxItems', params: { limit: limits.maxItems } };
  return undefined;
}

/** What ajv found at this value, and what no schema can say: formats, the options a rule gives, types and sizes of files. */
export function checkField(
  judged: JudgedValue,
  fromSchema: readonly SchemaError[],
  beside: JudgedBeside,
): readonly Finding[] {
  const { field, path } = judged;
  // What is inside a file reference is judged in words a person understands by checkFile.
  const own = fromSchema.filter(({ instancePath }) => field.files === undefined || instancePath === path);
  const findings = oneWhenTypeIsWrong(own.map(schemaFinding));
  return findings.length === 0 || field.files ? [...findings, ...checkMeaning(judged, beside)] : findings;
}

function schemaFinding({ instancePath, keyword, params }: SchemaError): Finding {
  if (!ERROR_KEYWORDS.includes(keyword as ErrorKeyword))
    throw new Error(`Expected a keyword our schemas use, ajv reported "${keyword}"`);
  const { limit, multipleOf, type } = params;
  const kept = {
    ...(limit !== undefined && { limit }),
    ...(multipleOf !== undefined && { multipleOf }),
    ...(type !== undefined && { type }),
  };
  return { path: instancePath, keyword: keyword as ErrorKeyword, params: kept as Readonly<Record<string, JsonValue>> };
}

/** A value of the wrong type fails several keywords at once; the first says all. */
function oneWhenTypeIsWrong(findings: readonly Finding[]): readonly Finding[] {
  const typeError = findings.find(({ keyword }) => keyword === 'type');
  if (typeError) return [typeError];
  return [...new Map(findings.map((finding) => [`${finding.path} ${finding.keyword}`, finding])).values()];
}

function checkMeaning({ field, path, value }: JudgedValue, { options, other }: JudgedBeside): readonly Finding[] {
  const { stores, fault } = kindOf(field);
  const right = stores(value);
  const found = right ? fault?.(value, field, other) : undefined;
  if (found) return [{ path, keyword: 'format', params: { format: field.kind, ...found } }];
  if (options && right) {
    const allowed = new Set(options.map((option) => option.value));
    const chosen = Array.isArray(value) ? (value as readonly string[]) : [value as string];
    if (!chosen.every((item) => allowed.has(item))) return [{ path, keyword: 'options', params: {} }];
  }
  if (field.files && Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((item, index) => checkFile(item, `${path}/${index}`, field.files!));
  return [];
}

function checkFile(
  item: JsonValue,
  path: string,
  { accept, maxBytes }: { accept: readonly string[]; maxBytes: number },
): readonly Finding[] {
  const file = fileReferenceOf(item);
  if (!file) return [{ path, keyword: 'fileReference', params: {} }];
  if (!accept.includes(file.mimeType))
    return [{ path, keyword: 'fileType', params: { name: file.name, mimeType: file.mimeType } }];
  return file.size > maxBytes ? [{ path, keyword: 'fileSize', params: { name: file.name, limit: maxBytes } }] : [];
}
