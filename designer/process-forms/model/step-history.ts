import type { StepFormView } from '#contract';
import { sameForm, type Audience, type StepForms } from './step-forms.ts';

/** One thing a person does to a step. */
export type StepCommand =
  /**
   * Another form, or none: what the step did with the fields of the old one is forgotten. Who may start by it stays; a start without
   * a form is open to nobody (`openTo`).
   */
  | {
      readonly kind: 'chooseForm';
      readonly elementId: string;
      readonly formId: string | null;
      readonly openTo?: readonly [];
    }
  | { readonly kind: 'openStart'; readonly elementId: string; readonly openTo: readonly Audience[] }
  | { readonly kind: 'chooseVersion'; readonly elementId: string; readonly bindingType: 'latest' | 'deployment' }
  | { readonly kind: 'bindFields'; readonly elementId: string; readonly binding: StepFormView['binding'] }
  /** Form and fields as they are elsewhere: at another step, in the deployed version. */
  | { readonly kind: 'putForm'; readonly elementId: string; readonly form: StepFormView | null }
  | { readonly kind: 'discardAll'; readonly forms: StepForms };

export const MOST_STEPS = 100;

export interface StepHistory {
  readonly forms: StepForms;
  readonly past: readonly StepForms[];
  readonly future: readonly StepForms[];
}

export function startHistory(forms: StepForms): StepHistory {
  return { forms, past: [], future: [] };
}

/** A command that changes nothing is no step back. */
export function perform(history: StepHistory, command: StepCommand): StepHistory {
  const { forms, past } = history;
  const next = applied(forms, command);
  const same = next.size === forms.size && [...next].every(([id, form]) => sameForm(form, forms.get(id) ?? null));
  return same ? history : { forms: next, past: [...past, forms].slice(-MOST_STEPS), future: [] };
}

function applied(forms: StepForms, command: StepCommand): StepForms {
  if (command.kind === 'discardAll') return command.forms;
  const { elementId } = command;
  const before = forms.get(elementId) ?? null;
  const put = (form: StepFormView | null): StepForms => new Map(forms).set(elementId, form);
  switch (command.kind) {
    case 'chooseForm':
      if (before?.formId === (command.formId ?? undefined)) return forms;
      return put(command.formId === null ? null : chosenForm(command.formId, before?.openTo ?? command.openTo));
    case 'openStart':
      return before ? put({ ...before, openTo: [...command.openTo] }) : forms;
    case 'chooseVersion':
      if (before === null) return forms;
      return put({
        ...chosenForm(before.formId, before.openTo),
        bindingType: command.bindingType,
        binding: before.binding,
      });
    case 'bindFields':
      return before ? put({ ...before, binding: command.binding }) : forms;
    case 'putForm':
      return put(command.form);
  }
}

function chosenForm(formId: string, openTo: readonly Audience[] | undefined): StepFormView {
  return { formId, bindingType: 'latest', binding: {}, ...(openTo && { openTo: [...openTo] }) };
}

export function undo({ forms, past, future }: StepHistory): StepHistory {
  const before = past.at(-1);
  return before ? { forms: before, past: past.slice(0, -1), future: [forms, ...future] } : { forms, past, future };
}

export function redo({ forms, past, future }: StepHistory): StepHistory {
  const [next, ...later] = future;
  return next ? { forms: next, past: [...past, forms], future: later } : { forms, past, future };
}
