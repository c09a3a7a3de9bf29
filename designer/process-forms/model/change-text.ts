import type { TFunction } from 'i18next';
import type { FieldChange, StepChange } from './step-changes.ts';

export interface StepChanges {
  readonly elementId: string;
  readonly name: string;
  readonly facts: readonly StepChange[];
}

/** One fact as a sentence without its subject: «поле «Причина» теперь обязательно». */
export function changeText(
  change: StepChange,
  { t, titleOf }: { readonly t: TFunction; readonly titleOf: (formId: string) => string },
): string {
  switch (change.kind) {
    case 'formSet':
    case 'formRemoved':
      return t(`processes.change_${change.kind}`, { form: titleOf(change.formId) });
    case 'formReplaced':
      return t('processes.change_formReplaced', { form: titleOf(change.formId), formerly: titleOf(change.formerly) });
    case 'versionPolicy':
      return t(`processes.change_${change.bindingType}`);
    case 'openTo':
      return t(`processes.change_openTo_${change.openness}`);
    case 'field':
      return t(`processes.change_${wordOf(change)}`, {
        count: change.labels.length,
        labels: change.labels.map((name) => t('processes.quoted', { name })).join(', '),
      });
    default:
      return t(`processes.change_${change.kind}`);
  }
}

/** A field that may still be changed, only need not any more, is told so. */
function wordOf({ before, level }: FieldChange): FieldChange['level'] | 'optional' {
  return before === 'required' && level === 'writable' ? 'optional' : level;
}
