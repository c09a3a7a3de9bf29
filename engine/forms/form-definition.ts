import type { Expression } from '../expressions/expression.ts';
import type { JsonValue } from '../json.ts';
import type { FormProblem } from './invalid-form.ts';
import type { LookupFilter } from './lookup-filter.ts';
import type { RuleInput } from './rule-names.ts';

export type FormLanguage = 'ru' | 'en';
export const FORM_LANGUAGES: readonly FormLanguage[] = ['ru', 'en'];

/** What a value is. The README lists how each is written in `data`; `kinds/` says what the engine knows about it. */
export type FieldKind =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'date'
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'phone'
  | 'email'
  | 'serial'
  | 'reference'
  | 'files'
  | 'percent'
  | 'time'
  | 'datetime'
  | 'period'
  | 'duration'
  | 'inn'
  | 'kpp'
  | 'ogrn'
  | 'bik'
  | 'account'
  | 'vin'
  | 'address'
  | 'signature'
  | 'geo-point'
  | 'markdown'
  | 'html'
  | 'table';

/** How a value is asked for. Which widgets show a kind, and which is its default, stands in `kinds/`. */
export type Widget =
  | 'text'
  | 'textarea'
  | 'number'
  | 'money'
  | 'date'
  | 'checkbox'
  | 'yes-no'
  | 'select'
  | 'radio'
  | 'multiselect'
  | 'checklist'
  | 'phone'
  | 'email'
  | 'serial'
  | 'lookup'
  | 'files'
  | 'actions'
  | 'percent'
  | 'time'
  | 'datetime'
  | 'period'
  | 'duration'
  | 'inn'
  | 'kpp'
  | 'ogrn'
  | 'bik'
  | 'account'
  | 'vin'
  | 'address'
  | 'signature'
  | 'geo-point'
  | 'markdown'
  | 'rich-text'
  | 'table';

export type RuleKeyword = 'x-visible' | 'x-required' | 'x-readonly' | 'x-value' | 'x-options' | 'x-assert';

/**
 * A FEEL rule. `id` is unique in the form; `reads` are the names of fields (`qty`) and columns (`works.sum`) it depends on.
 * `expression` is the rule as written, for whoever explains it; `code` is what runs, `inputs` what its names stand for.
 */
export interface FormRule {
  readonly id: string;
  readonly keyword: RuleKeyword;
  readonly path: string;
  readonly expression: Expression;
  readonly code: Expression;
  readonly inputs: readonly RuleInput[];
  readonly reads: readonly string[];
}

export interface FormAssert {
  readonly rule: FormRule;
  /** Path of the field that shows the error; '' is the form itself. */
  readonly at: string;
  /** Text key of the message. */
  readonly message: string;
}

/** JSON Schema constraints kept as written; which of them a kind allows is decided in `kinds/`. */
export interface FieldLimits {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export type FileKind = 'file' | 'photo' | 'video' | 'signature';

export interface FileRules {
  readonly kind: FileKind;
  readonly accept: readonly string[];
  readonly maxBytes: number;
  /** Only photos: the longer side in pixels above which a photo is made smaller before it is sent, and the quality of the JPEG. */
  readonly resize?: { readonly maxSide: number; readonly quality: number };
}

export interface ReferenceSource {
  /** `users`, `groups`, or the key of a register: then `register` is set. */
  readonly catalog: string;
  /** Only for users: members of this group. */
  readonly group?: string;
  readonly register?: RegisterLookup;
}

/** How a row of a register is looked up. The field holds the key of the row. */
export interface RegisterLookup {
  /** The field that names a row; the register's own label when absent. */
  readonly label?: string;
  readonly filter?: LookupFilter;
  /** Field of the form → field of the register: what choosing a row writes into other fields. */
  readonly fill: Readonly<Record<string, string>>;
}

/** What a table holds besides the limits on its number of rows. */
export interface TableShape {
  readonly columns: readonly FormField[];
  /** `x-assert` of the row as a whole. */
  readonly asserts: readonly FormAssert[];
}

/** Where a column belongs: `key` is the member of a row that holds its value. */
export interface ColumnPlace {
  readonly table: string;
  readonly key: string;
}

export interface FormField {
  /** Of a column `works.price`: what texts, bindings and the layout call it. */
  readonly name: string;
  /** JSON pointer of the value in the form data: `/name`; of a column a pattern: `/works/-/price`. */
  readonly path: string;
  readonly kind: FieldKind;
  readonly widget: Widget;
  readonly limits: FieldLimits;
  /** In the schema's `required`; a hidden field is never required. */
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly defaultValue?: JsonValue;
  /** Values of `enum`, in the author's order. */
  readonly choices?: readonly string[];
  readonly mask?: string;
  readonly files?: FileRules;
  readonly source?: ReferenceSource;
  /** Only an account: the field that holds the БИК of its bank. */
  readonly bik?: string;
  /** May be read from a barcode by the camera. */
  readonly scan?: boolean;
  readonly table?: TableShape;
  readonly column?: ColumnPlace;
  readonly stableId?: string;
  /** `x-visible` of the layout categories around it: a skipped step takes its fields with it. */
  readonly within?: readonly FormRule[];
  readonly rules: {
    readonly visible?: FormRule;
    readonly required?: FormRule;
    readonly readonly?: FormRule;
    readonly value?: FormRule;
    readonly options?: FormRule;
  };
  readonly asserts: readonly FormAssert[];
}

/** How a table is laid out. */
export interface TableOptions {
  /** In this order; a column not listed follows the others. */
  readonly columns: readonly { readonly key: string; readonly width?: number }[];
  /** Keys of columns whose sum stands below. */
  readonly totals: readonly string[];
  /** Text key of the button that adds a row. */
  readonly addLabel?: string;
}

export interface CategoryNode {
  readonly kind: 'category';
  readonly id: string;
  readonly i18n: string;
  readonly children: readonly LayoutNode[];
}

/** One step of an evaluation: a field, or columns of a table for all of its rows. */
export type EvaluationStep =
  | { readonly kind: 'field'; readonly field: FormField }
  | { readonly kind: 'columns'; readonly table: FormField; readonly columns: readonly FormField[] };

export type LayoutNode =
  | { readonly kind: 'vertical'; readonly id: string; readonly children: readonly LayoutNode[] }
  | { readonly kind: 'horizontal'; readonly id: string; readonly children: readonly LayoutNode[] }
  | { readonly kind: 'group'; readonly id: string; readonly i18n: string; readonly children: readonly LayoutNode[] }
  | {
      readonly kind: 'control';
      readonly id: string;
      readonly field: string;
      readonly rows?: number;
      readonly span?: number;
      readonly table?: TableOptions;
    }
  | { readonly kind: 'label'; readonly id: string; readonly i18n: string }
  | { readonly kind: 'markdown'; readonly id: string; readonly i18n: string }
  | { readonly kind: 'divider'; readonly id: string }
  | {
      /** Tabs, or steps that are gone through in order. */
      readonly kind: 'categorization';
      readonly id: string;
      readonly variant: 'tabs' | 'stepper';
      /** Of a stepper: a last step that shows everything once more before it is sent. */
      readonly summary: boolean;
      readonly children: readonly CategoryNode[];
    }
  | CategoryNode;

export type FormTexts = { readonly [L in FormLanguage]: ReadonlyMap<string, string> };

/** A compiled form: frozen, shared, safe to keep as long as its definition is in use. */
export interface FormModel {
  readonly key: string;
  readonly version?: number;
  readonly title: { readonly ru: string; readonly en?: string };
  /** In layout order, which is also the order errors are reported in. */
  readonly fields: readonly FormField[];
  readonly fieldsByName: ReadonlyMap<string, FormField>;
  /** Steps in an order in which every rule that decides a value finds what it reads already decided. */
  readonly evaluationOrder: readonly EvaluationStep[];
  readonly asserts: readonly FormAssert[];
  readonly layout: LayoutNode;
  readonly texts: FormTexts;
  /** Things worth telling the author that do not prevent use, missing English texts first among them. */
  readonly warnings: readonly FormProblem[];
}

/** A field by its name, a column by its table's and its own: `works.price`. */
export function fieldNamed(form: FormModel, name: string): FormField | undefined {
  const [table = '', key] = name.split('.');
  const field = form.fieldsByName.get(table);
  return key === undefined ? field : field?.table?.columns.find(({ column }) => column!.key === key);
}

/** A text of the form in the language asked for, else in Russian. */
export function formText(form: FormModel, language: FormLanguage, key: string): string | undefined {
  return form.texts[language].get(key) ?? form.texts.ru.get(key);
}

/** The name a person knows the field by. */
export function fieldLabel(form: FormModel, language: FormLanguage, field: FormField): string {
  return formText(form, language, `${field.name}.label`) ?? field.name;
}
