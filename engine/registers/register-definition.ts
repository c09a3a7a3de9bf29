import type { FormModel } from '../forms/form-definition.ts';

/** From when until when a row holds, both days included; rows with the same `within` must not overlap. */
export interface EffectiveDates {
  readonly from: string;
  /** Empty in a row: until further notice. */
  readonly to: string;
  readonly within: readonly string[];
}

/** A compiled register («справочник»): frozen, shared, safe to keep as long as its definition is in use. */
export interface RegisterModel {
  readonly key: string;
  /** Fields, their rules and texts. A register is edited in the form it defines: there is one type system, not two. */
  readonly form: FormModel;
  /** The field whose value is the key of a row; it never changes once the row exists. */
  readonly keyField: string;
  /** Fields with an index of the database, the key among them: what may be sorted and filtered by. */
  readonly indexed: readonly string[];
  /** Indexed fields, besides the key, that no two rows share. */
  readonly unique: readonly string[];
  readonly display: {
    /** The field that names a row wherever only its key is stored. */
    readonly label: string;
    readonly columns: readonly string[];
    /** Fields that the search box looks into. */
    readonly search: readonly string[];
  };
  /** Ids of roles; `*` is everybody who is signed in. Who may write may read. Administrators always may. */
  readonly access: { readonly read: readonly string[]; readonly write: readonly string[] };
  readonly effective?: EffectiveDates;
}
