import { editedSteps, sameForm, type StepForms } from './step-forms.ts';

export interface CarriedOver {
  readonly forms: StepForms;
  /** Steps that were edited and that the newer version does not have. */
  readonly gone: readonly string[];
  /** Steps that were edited here and changed in the newer version too: ours stands. */
  readonly both: readonly string[];
}

/** What was edited on an older version, on a newer one. */
export function carryOver(
  { base, forms }: { readonly base: StepForms; readonly forms: StepForms },
  newer: StepForms,
): CarriedOver {
  const edited = editedSteps(base, forms);
  const kept = edited.filter((id) => newer.has(id));
  const carried = new Map(newer);
  for (const id of kept) carried.set(id, forms.get(id) ?? null);
  return {
    forms: carried,
    gone: edited.filter((id) => !newer.has(id)),
    both: kept.filter((id) => {
      const theirs = newer.get(id) ?? null;
      return !sameForm(theirs, base.get(id) ?? null) && !sameForm(theirs, forms.get(id) ?? null);
    }),
  };
}
