import type { StepFormView } from '#contract';
import { accessTo, fieldLabel, type FormField, type FormLanguage, type FormModel } from '#engine';
import { levelOf, namedFields, type AccessLevel } from './access-map.ts';
import { opennessOf, type Openness } from './step-forms.ts';

export interface FieldChange {
  readonly kind: 'field';
  readonly level: AccessLevel;
  /** What it was before, where that is more than it is now: «больше не обязательно». */
  readonly before: AccessLevel;
  readonly labels: readonly string[];
}

/** What becomes of one step, as facts: the words stand in the texts. */
export type StepChange =
  | { readonly kind: 'formSet' | 'formRemoved'; readonly formId: string }
  | { readonly kind: 'formReplaced'; readonly formId: string; readonly formerly: string }
  | { readonly kind: 'versionPolicy'; readonly bindingType: StepFormView['bindingType'] }
  | { readonly kind: 'openTo'; readonly openness: Openness }
  | FieldChange
  /** Names that the form does not have are no longer listed, or that nobody can say what changed. */
  | { readonly kind: 'cleaned' | 'rewritten' };

/** @param form the form that the step shows now; without it the fields cannot be told one by one */
export function stepChanges(
  before: StepFormView | null,
  after: StepFormView | null,
  { form, language }: { readonly form: FormModel | undefined; readonly language: FormLanguage },
): readonly StepChange[] {
  if (after === null)
    return before === null ? [] : [{ kind: 'formRemoved', formId: before.formId }, ...opennessChange(before, null)];
  const another = before?.formId !== after.formId;
  const first: StepChange[] = [];
  if (before === null) first.push({ kind: 'formSet', formId: after.formId });
  else if (another) first.push({ kind: 'formReplaced', formId: after.formId, formerly: before.formId });
  if (after.bindingType !== (before?.bindingType ?? 'latest'))
    first.push({ kind: 'versionPolicy', bindingType: after.bindingType });
  first.push(...opennessChange(before, after));
  // Of a form that was not there before, everything is as the form says unless it is told.
  const stood = another || before === null ? {} : before.binding;
  if (form === undefined) {
    const same = JSON.stringify(stood) === JSON.stringify(after.binding);
    return same ? first : [...first, { kind: 'rewritten' }];
  }
  const fields = fieldChanges(namedFields(form), (field) => [
    levelOf(accessTo(field, stood)),
    levelOf(accessTo(field, after.binding)),
  ]).map(({ fields: changed, ...levels }): FieldChange => ({
    kind: 'field',
    ...levels,
    labels: changed.map((field) => labelOf(form, field, language)),
  }));
  const changes = [...first, ...fields];
  return changes.length > 0 || JSON.stringify(stood) === JSON.stringify(after.binding)
    ? changes
    : [{ kind: 'cleaned' }];
}

function opennessChange(before: StepFormView | null, after: StepFormView | null): readonly StepChange[] {
  const openness = opennessOf(after);
  return openness === opennessOf(before) ? [] : [{ kind: 'openTo', openness }];
}

interface Changed {
  readonly level: AccessLevel;
  readonly before: AccessLevel;
  readonly fields: FormField[];
}

/** Fields with the same way from one level to another stand together; a table that changes as a whole stands for its columns. */
function fieldChanges(
  fields: readonly FormField[],
  levels: (field: FormField) => readonly [AccessLevel, AccessLevel],
): readonly Changed[] {
  const found = new Map<string, Changed>();
  const told = new Map<string, string>();
  for (const field of fields) {
    const [before, level] = levels(field);
    if (before === level) continue;
    const way = `${before} ${level}`;
    told.set(field.name, way);
    if (field.column && told.get(field.column.table) === way) continue;
    const group = found.get(way) ?? { before, level, fields: [] };
    group.fields.push(field);
    found.set(way, group);
  }
  return [...found.values()];
}

/** A column with its table: «Работы: Деталь». */
function labelOf(form: FormModel, field: FormField, language: FormLanguage): string {
  const table = field.column && form.fieldsByName.get(field.column.table);
  const label = fieldLabel(form, language, field);
  return table ? `${fieldLabel(form, language, table)}: ${label}` : label;
}
