/** What happened to a form between two versions, in the words of the one who made it. */
export type FormChangeKind =
  | 'fieldAdded'
  | 'fieldRemoved'
  | 'fieldRenamed'
  | 'kindChanged'
  | 'optionAdded'
  | 'optionRemoved'
  | 'becameRequired'
  | 'becameOptional'
  | 'becameComputed'
  | 'ruleChanged'
  | 'limitChanged'
  | 'textChanged'
  | 'moved'
  | 'layoutChanged'
  | 'formChanged';

export interface FormChange {
  readonly kind: FormChangeKind;
  /** Name of the field in the newer form (in the older one when it was removed); `works.price` is a column. '' is the form. */
  readonly field: string;
  /** Name in the older form, where it had another one. */
  readonly formerly?: string;
  /** What changed, e.g. `x-required`, `maxLength`, an option, a text key. */
  readonly what?: string;
  readonly before?: string;
  readonly after?: string;
  /** Whoever reads the field by its name, or counts on its values, may not find them any more. */
  readonly breaking: boolean;
}
