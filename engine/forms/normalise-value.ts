import type { JsonValue } from '../json.ts';
import type { FormField } from './form-definition.ts';
import { kindOf } from './kinds/field-kinds.ts';

/**
 * Brings what a person typed into the one form that is validated and stored: '' , null and [] mean "no value" (undefined), texts lose
 * outer blanks and CR, and each kind has its own habits (phones become E.164, serials upper case).
 * A value of the wrong type comes back unchanged for the validator to refuse: nothing is converted silently ("5" is not 5).
 */
export function normaliseValue(field: FormField, value: unknown): JsonValue | undefined {
  if (value === null || value === undefined) return undefined;
  const plain = typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : (value as JsonValue);
  if (plain === '' || (Array.isArray(plain) && plain.length === 0)) return undefined;
  return kindOf(field).normalise?.(plain, field) ?? plain;
}
