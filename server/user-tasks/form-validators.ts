import { createHash } from 'node:crypto';
import { type Key, standaloneValidator } from '#engine';
import type { Definitions } from '../runtime/definitions.ts';

export interface ValidatorModule {
  /** First half of its SHA-256: the address changes with the text, so a browser may keep it for ever. */
  readonly hash: string;
  readonly text: string;
}

/** The precompiled validators of deployed forms, made once per form version and node. */
export interface FormValidators {
  /** @throws UnknownDefinition */
  of(formKey: Key): Promise<ValidatorModule>;
  /** @throws UnknownDefinition */
  url(formKey: Key): Promise<string>;
}

export function createFormValidators({ definitions }: { readonly definitions: Definitions }): FormValidators {
  const modules = new Map<Key, ValidatorModule>();

  const of = async (formKey: Key): Promise<ValidatorModule> => {
    const known = modules.get(formKey);
    if (known !== undefined) return known;
    const { model } = await definitions.form(formKey);
    const text = standaloneValidator(model);
    const made = { hash: createHash('sha256').update(text).digest('hex').slice(0, 32), text };
    modules.set(formKey, made);
    return made;
  };

  return { of, url: async (formKey) => `/api/forms/${formKey}/validator/${(await of(formKey)).hash}.mjs` };
}
