import { normaliseValue, type FormField } from '#engine';

/** A text as the form would store it. */
export function tidied(field: FormField, text: string): string {
  const value = normaliseValue(field, text);
  return typeof value === 'string' ? value : '';
}
