import type { FieldReading, Words } from './kind-definition.ts';
import { MAX_ITEMS, MAX_TEXT } from './limits.ts';

/** Reads an `enum`: a list of codes. With `x-options` a rule lists them instead. */
export function readChoices(
  { schema, problems }: FieldReading,
  listed: unknown,
  at: string,
): { readonly choices?: readonly string[] } {
  if (listed === undefined) return {};
  if ('x-options' in schema)
    problems.add(at, 'enum and x-options exclude each other', 'Keep the one that lists the options.');
  const good =
    Array.isArray(listed) &&
    listed.length > 0 &&
    listed.length <= MAX_ITEMS &&
    listed.every((value) => typeof value === 'string' && value !== '');
  if (good && new Set(listed).size === listed.length) return { choices: listed as readonly string[] };
  problems.add(
    at,
    `enum must list 1 to ${MAX_ITEMS} different non-empty strings`,
    'Use codes such as "shortage"; what people read goes to i18n.',
  );
  return { choices: [] };
}

export function oneOf(choices: readonly string[] | undefined): Readonly<Record<string, unknown>> {
  return choices ? { type: 'string', enum: choices } : { type: 'string', maxLength: MAX_TEXT };
}

export const CHOOSE: { readonly ru: Words; readonly en: Words } = {
  ru: { required: (label) => `Выберите: «${label}».` },
  en: { required: (label) => `Choose “${label}”.` },
};
