import type { ProcessDesign, StepFormView } from '#contract';

/** The form of every step by element; null is none. */
export type StepForms = ReadonlyMap<string, StepFormView | null>;

export function formsOf({ steps }: Pick<ProcessDesign, 'steps'>): StepForms {
  return new Map(steps.map(({ elementId, form }) => [elementId, form]));
}

/** Steps whose form differs from that of the deployed version, in the order of the process. */
export function editedSteps(base: StepForms, forms: StepForms): readonly string[] {
  return [...base.keys()].filter((id) => !sameForm(base.get(id) ?? null, forms.get(id) ?? null));
}

export function sameForm(left: StepFormView | null, right: StepFormView | null): boolean {
  return canonical(left) === canonical(right);
}

/** Lists in their order: what is written is what counts, so that undo and «taken back» mean the very same file. */
function canonical(form: StepFormView | null): string {
  if (form === null) return '';
  const { formId, bindingType, versionTag = null, binding } = form;
  const { readable = null, writable = null, requiredHere = null } = binding;
  return JSON.stringify([formId, bindingType, versionTag, readable, writable, requiredHere, opennessOf(form)]);
}

export type Audience = NonNullable<StepFormView['openTo']>[number];
export const AUDIENCES: readonly Audience[] = ['contractors', 'anyone'];

export type Openness = 'nobody' | 'both' | Audience;

/** Who from outside starts by the form, in one word, whatever order the file has. */
export function opennessOf(form: Pick<StepFormView, 'openTo'> | null): Openness {
  const [first, second] = AUDIENCES.filter((audience) => form?.openTo?.includes(audience));
  return second === undefined ? (first ?? 'nobody') : 'both';
}
