import type { JsonValue } from '../../json.ts';
import type { FieldKind, FormField, FormLanguage, Widget } from '../form-definition.ts';
import type { ErrorKeyword, Finding } from '../form-error.ts';
import type { ProblemList } from '../invalid-form.ts';

/** A field as `data.properties` describes it, before its rules are compiled. */
export type FieldShape = Omit<FormField, 'rules' | 'asserts' | 'required'>;

/** One property of `data` while it is read. */
export interface FieldReading {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly path: string;
  readonly widget: Widget | undefined;
  readonly mustBeFilled: boolean;
  readonly problems: ProblemList;
}

/** What may stand behind a keyword, for the inspector of the form designer; what is refused is decided by `read`. */
export type KeywordShape =
  | { readonly value: 'integer' | 'number'; readonly minimum?: number; readonly maximum?: number }
  | { readonly value: 'text' | 'flag' | 'feel' | 'pattern' | 'mask' | 'texts' | 'mimeTypes' | 'asserts' | 'columns' }
  /** Of the field's own type. */
  | { readonly value: 'default' }
  | { readonly value: 'oneOf'; readonly of: readonly string[] }
  | { readonly value: 'fixed'; readonly is: JsonValue }
  /** The name of another field of this form. */
  | { readonly value: 'fieldName'; readonly kind: FieldKind }
  /** `users`, `groups` or the key of a register. What else stands beside it belongs to this one. */
  | { readonly value: 'catalog' }
  | { readonly value: 'object'; readonly members: Readonly<Record<string, KeywordShape>> };

type JsonSchema = Readonly<Record<string, unknown>>;

export type Wording = (label: string, params: Finding['params'], field: FormField) => string;
export type Words = { readonly [K in Exclude<ErrorKeyword, 'x-assert'>]?: Wording };

/** The value of another field of the form, to judge this one by: an account by its bank. Undefined when empty or hidden. */
export type OtherValue = (name: string) => JsonValue | undefined;

/** What makes a value wrong although its type is right; the parts of the message. */
export type FormatFault = Finding['params'];

/** Everything the engine knows about one kind of field. `field-kinds.ts` is the table of contents. */
export interface KindDefinition {
  readonly kind: FieldKind;
  /** The JSON Schema type; absent where `enum` alone says it. */
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly format?: string;
  /** How it can be asked for; the first is the default. */
  readonly widgets: readonly [Widget, ...Widget[]];
  /** Besides those every field takes. */
  readonly keywords: Readonly<Record<string, KeywordShape>>;
  /** The smallest schema that is this kind: what a new field in the designer starts with. */
  readonly fragment: Readonly<Record<string, JsonValue>>;
  /** Reads the kind's own keywords; adds every problem found. */
  readonly read?: (reading: FieldReading, widget: Widget) => Partial<FieldShape>;
  /** What ajv gets. Every string and list in it needs an upper bound (`validation-schema.ts`); `schemaOf` is for columns. */
  readonly schema: (field: FormField, schemaOf: (column: FormField) => JsonSchema) => JsonSchema;
  /** Is the value of the JSON type that is stored? */
  readonly stores: (value: unknown) => boolean;
  /** From what was typed (not empty, outer blanks gone) to what is stored; a value of the wrong type comes back as it is. */
  readonly normalise?: (value: JsonValue, field: FormField) => JsonValue;
  /** Is a value of the right type a good one? The checks a schema cannot make. */
  readonly fault?: (value: JsonValue, field: FormField, other: OtherValue) => FormatFault | undefined;
  /** Sentences that say it better than the general ones; `format` is needed where there is a `fault`. */
  readonly words?: { readonly [L in FormLanguage]: Words };
}

export const isText = (value: unknown): value is string => typeof value === 'string';
