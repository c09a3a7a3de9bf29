import { foldText, formText, FORM_LANGUAGES, type RegisterModel } from '#engine';
import { Refused } from '../../http/refused.ts';

/** The field of each column of a file; null is left out. */
export type ColumnMapping = readonly (string | null)[];

/** Columns whose heading is the name of a field or what people read for it. */
export function guessMapping({ form }: RegisterModel, headings: readonly string[]): ColumnMapping {
  const taken = new Set<string>();
  return headings.map((heading) => {
    const wanted = foldText(heading.trim());
    const field = form.fields.find(
      ({ name, rules }) =>
        rules.value === undefined &&
        !taken.has(name) &&
        (foldText(name) === wanted ||
          FORM_LANGUAGES.some((language) => foldText(formText(form, language, `${name}.label`) ?? '') === wanted)),
    );
    if (field !== undefined) taken.add(field.name);
    return field?.name ?? null;
  });
}

/** What the person chose: a JSON list, one entry per column. @throws Refused `invalid-request` */
export function readMapping({ form }: RegisterModel, text: string): ColumnMapping {
  try {
    const value: unknown = JSON.parse(text);
    const known = (one: unknown): boolean => one === null || (typeof one === 'string' && form.fieldsByName.has(one));
    const named = Array.isArray(value) ? value.filter((one) => one !== null) : [];
    if (Array.isArray(value) && value.every(known) && new Set(named).size === named.length)
      return value as ColumnMapping;
  } catch {
    // Told below.
  }
  throw new Refused('invalid-request', {
    ru: 'Параметр mapping — список JSON: поле для каждого столбца или null, каждое поле не больше раза.',
    en: 'The parameter mapping is a JSON list: a field for each column or null, each field once at most.',
  });
}
