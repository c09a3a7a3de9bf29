import type { JsonValue } from '../json.ts';
import { formText, type FormField, type FormLanguage, type FormModel } from './form-definition.ts';
import { isRecord } from './json-checks.ts';

export interface FieldOption {
  readonly value: string;
  readonly label: string;
}

const MAX_OPTIONS = 1_000;

/** Options as an `x-options` rule gave them: strings, or contexts `{ value, label }`. Anything else in the list is left out. */
export function readOptions(result: JsonValue): readonly FieldOption[] {
  if (!Array.isArray(result)) return [];
  const options = (result as readonly JsonValue[]).slice(0, MAX_OPTIONS).flatMap((item): readonly FieldOption[] => {
    if (typeof item === 'string' && item !== '') return [{ value: item, label: item }];
    if (!isRecord(item) || typeof item['value'] !== 'string' || item['value'] === '') return [];
    const { value, label } = item;
    return [{ value, label: typeof label === 'string' && label !== '' ? label : value }];
  });
  return [...new Map(options.map((option) => [option.value, option])).values()];
}

/** The labelled options of an `enum` field. */
export function enumOptions(form: FormModel, field: FormField, language: FormLanguage): readonly FieldOption[] {
  return (field.choices ?? []).map((value) => ({
    value,
    label: formText(form, language, `${field.name}.options.${value}`) ?? value,
  }));
}
