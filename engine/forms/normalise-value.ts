import type { JsonValue } from '../json.ts';
import { fileReferenceOf } from './file-reference.ts';
import type { FormField } from './form-definition.ts';
import { isRecord } from './json-checks.ts';
import { normalisePhone } from './phone-number.ts';
import { normaliseSerial } from './serial-mask.ts';

/**
 * Brings what a person typed into the one form that is validated and stored: '' , null and [] mean "no value" (undefined), texts lose
 * outer blanks and CR, phones become E.164, serials upper case, file references keep their five known keys.
 * A value of the wrong type comes back unchanged for the validator to refuse: nothing is converted silently ("5" is not 5).
 */
export function normaliseValue(field: FormField, value: unknown): JsonValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') {
    const text = normaliseText(field, value);
    return text === '' ? undefined : text;
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return undefined;
    return field.kind === 'files' ? value.map((item: unknown) => withoutUnknownKeys(item)) : (value as JsonValue);
  }
  return value as JsonValue;
}

function normaliseText(field: FormField, value: string): string {
  const text = value.replace(/\r\n?/g, '\n').trim();
  if (field.kind === 'phone') return text === '' ? '' : normalisePhone(text);
  if (field.kind === 'serial') return normaliseSerial(text, field.mask);
  return text;
}

function withoutUnknownKeys(item: unknown): JsonValue {
  const reference = fileReferenceOf(item);
  return reference ? { ...reference } : isRecord(item) ? {} : (item as JsonValue);
}
