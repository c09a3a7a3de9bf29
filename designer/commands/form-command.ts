import type { JsonValue } from '#engine';
import type { FieldId, JsonObject, NodeId, Place } from '../form-editor/document/form-document.ts';
import type { TextLanguage } from '../form-editor/document/document-texts.ts';
import type { FormFragment } from '../form-editor/document/form-fragment.ts';

export type Changes = { readonly [keyword: string]: JsonValue | undefined };
export type TextPair = { readonly [L in TextLanguage]?: string };
export interface OptionDraft extends TextPair {
  readonly value: string;
}
export interface AssertDraft extends TextPair {
  readonly test: string;
  readonly message?: string;
  /** Of the form or a row as a whole: the field or column that shows it, by its key; absent is the whole. */
  readonly at?: string;
}

/** Everything that can be done to a form being edited. Nothing else changes a document. A `fieldId` may lead to a column (`table-columns.ts`). */
export type FormCommand =
  /** A new property and its control. `texts` by the part behind the name: `{ label: { ru: 'Текст' } }`. */
  | {
      readonly kind: 'insertField';
      readonly schema: JsonObject;
      readonly options?: JsonObject;
      readonly required?: boolean;
      readonly texts: { readonly [part: string]: TextPair };
      readonly name?: string;
      readonly at: Place;
    }
  /** A group, columns, a note: touches the layout only. */
  | { readonly kind: 'insertNode'; readonly type: string; readonly text?: TextPair; readonly at: Place }
  | { readonly kind: 'move'; readonly nodeId: NodeId; readonly at: Place }
  /** Takes nodes out of the layout. Their fields wait in the tray: no data is lost by a key press. */
  | { readonly kind: 'remove'; readonly nodeIds: readonly NodeId[] }
  /** Puts a field of the tray back. */
  | { readonly kind: 'place'; readonly fieldId: FieldId; readonly at: Place }
  /** Removes a field with its texts for good. */
  | { readonly kind: 'removeField'; readonly fieldId: FieldId }
  /** Schema keywords of a field; undefined removes one. */
  | { readonly kind: 'update'; readonly fieldId: FieldId; readonly changes: Changes }
  | { readonly kind: 'require'; readonly fieldId: FieldId; readonly required: boolean }
  /** Options of a control (`widget`, `span`, …). */
  | { readonly kind: 'updateOptions'; readonly nodeId: NodeId; readonly changes: Changes }
  | { readonly kind: 'setOptions'; readonly fieldId: FieldId; readonly options: readonly OptionDraft[] }
  /** A new column of a table, before the one that is shown at `index`; its texts as for `insertField`. */
  | {
      readonly kind: 'insertColumn';
      readonly fieldId: FieldId;
      readonly schema: JsonObject;
      readonly texts: { readonly [part: string]: TextPair };
      readonly required?: boolean;
      readonly index: number;
    }
  /** A column to the place before the one that is shown at `index` now. */
  | { readonly kind: 'moveColumn'; readonly columnId: FieldId; readonly index: number }
  /** A column with its texts, for good: a table has no tray. */
  | { readonly kind: 'removeColumn'; readonly columnId: FieldId }
  /** Another kind of field with the rules it has; what belonged to the old kind goes. */
  | {
      readonly kind: 'retype';
      readonly fieldId: FieldId;
      readonly schema: JsonObject;
      readonly texts: { readonly [part: string]: TextPair };
    }
  /** Assertions of a field, or of the form with null. */
  | { readonly kind: 'setAsserts'; readonly fieldId: FieldId | null; readonly asserts: readonly AssertDraft[] }
  | { readonly kind: 'setText'; readonly language: TextLanguage; readonly key: string; readonly text: string }
  | { readonly kind: 'setTitle'; readonly language: TextLanguage; readonly text: string }
  /** The Russian label; with `follow` a name that was made from the label is made anew. */
  | { readonly kind: 'relabel'; readonly fieldId: FieldId; readonly text: string; readonly follow: boolean }
  | { readonly kind: 'rename'; readonly fieldId: FieldId; readonly name: string }
  | {
      readonly kind: 'wrap';
      readonly nodeIds: readonly NodeId[];
      readonly type: string;
      readonly text?: TextPair;
    }
  | { readonly kind: 'unwrap'; readonly nodeId: NodeId }
  | { readonly kind: 'duplicate'; readonly nodeIds: readonly NodeId[] }
  | { readonly kind: 'paste'; readonly fragment: FormFragment; readonly at: Place }
  /** The whole definition, from the JSON view or an older version. */
  | { readonly kind: 'replace'; readonly definition: JsonObject };

export type FormCommandKind = FormCommand['kind'];

/** The command makes no sense here: a programming mistake of the caller, or a document that has changed meanwhile. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}
