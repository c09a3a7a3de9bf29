import { readForm, type FormModel, type JsonValue } from '#engine';
import { useQueries } from '@tanstack/react-query';
import { publishedFormQuery } from '../api/forms.ts';

/** A published form as the steps show it. */
export interface ShownForm {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly model: FormModel;
  readonly sample: Readonly<Record<string, JsonValue>>;
}

export interface ShownForms {
  /** Undefined: not read yet, or not there. */
  readonly find: (formId: string) => ShownForm | undefined;
  readonly failed: (formId: string) => boolean;
}

const models = new WeakMap<object, FormModel>();

/** The latest published versions of these forms. */
export function useShownForms(formIds: readonly string[]): ShownForms {
  const ids = [...new Set(formIds)].sort();
  const queries = useQueries({ queries: ids.map((formId) => publishedFormQuery(formId)) });
  const found = new Map(ids.map((formId, index) => [formId, queries[index]!] as const));
  return {
    find(formId) {
      const design = found.get(formId)?.data;
      const definition = design?.published?.definition;
      if (design === undefined || definition === undefined) return undefined;
      return { definition, model: modelOf(definition), sample: design.sample as ShownForm['sample'] };
    },
    failed(formId) {
      const query = found.get(formId);
      // What was read stays good when reading it again fails.
      return query?.isLoadingError === true || query?.data?.published === null;
    },
  };
}

/** Compiled once for each definition: reading a form of 300 fields takes longer than drawing its rows. */
function modelOf(definition: Readonly<Record<string, unknown>>): FormModel {
  const known = models.get(definition);
  if (known) return known;
  const model = readForm(definition);
  models.set(definition, model);
  return model;
}
