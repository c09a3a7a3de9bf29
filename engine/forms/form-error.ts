import type { JsonValue } from '../json.ts';

/**
 * Every keyword an error can carry. JSON Schema's own names where they exist; ours for what it has no word for: `options` (not
 * among the options a rule gives), `fileReference`, `fileType`, `fileSize`, `tooDeep`, `x-assert`.
 */
export const ERROR_KEYWORDS = [
  'required',
  'type',
  'enum',
  'options',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'fileReference',
  'fileType',
  'fileSize',
  'tooDeep',
  'x-assert',
] as const;

export type ErrorKeyword = (typeof ERROR_KEYWORDS)[number];

/** One thing the person has to correct. `path` is a JSON pointer into the form data ('' = the form); the message names the field. */
export interface FormError {
  readonly path: string;
  readonly keyword: ErrorKeyword;
  readonly params: Readonly<Record<string, JsonValue>>;
  readonly message: string;
}

/** A FormError before it is put into words. */
export type Finding = Omit<FormError, 'message'>;

/** What a draft may not contain either: values that could not be shown again, and lists or texts without bound. */
export const DRAFT_KEYWORDS: readonly ErrorKeyword[] = ['type', 'fileReference', 'maxLength', 'maxItems', 'tooDeep'];

/** A submitted key that was dropped. */
export interface IgnoredKey {
  readonly path: string;
  readonly reason: 'unknown' | 'notWritable' | 'computed' | 'locked';
}
