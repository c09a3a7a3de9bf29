import { CalendarFileError } from './calendar-file-error.ts';

/** Text that a person sees, in both languages. */
export interface LocalizedText {
  readonly ru: string;
  readonly en: string;
}

/** Typed access to one object of a data file. Every failure names the file and the path of the field. */
export interface FieldReader {
  has(key: string): boolean;
  fail(key: string, expected: string): never;
  text(key: string, pattern?: RegExp): string;
  oneOf<T extends string>(key: string, choices: readonly T[]): T;
  whole(key: string, min: number, max: number): number;
  flag(key: string): boolean;
  list(key: string): readonly unknown[];
  object(key: string, known: readonly string[]): FieldReader;
  /** `{ru, en}`, or one string for both languages. */
  localized(key: string): LocalizedText;
}

/**
 * @param place.path prefix of the field names, empty at the top of the file
 * @throws CalendarFileError when `value` is no object or has a field that is not in `known` (a misspelt `provisonal` would
 * otherwise pass as official)
 */
export function readFields(
  value: unknown,
  known: readonly string[],
  place: { readonly file: string; readonly path: string },
): FieldReader {
  const fail = (key: string, expected: string): never => {
    const field = [place.path, key].filter((part) => part !== '').join('.');
    throw new CalendarFileError({ file: place.file, field, expected });
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail('', 'an object');
  const record = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(record)) {
    if (!known.includes(key)) fail(key, `no such field; known are ${known.join(', ')}`);
  }
  const reader: FieldReader = {
    has: (key) => Object.hasOwn(record, key),
    fail,
    text(key, pattern = /\S/) {
      const found = record[key];
      if (typeof found !== 'string' || !pattern.test(found)) return fail(key, `a text matching ${String(pattern)}`);
      return found;
    },
    oneOf(key, choices) {
      return choices.find((choice) => choice === record[key]) ?? fail(key, `one of ${choices.join(', ')}`);
    },
    whole(key, min, max) {
      const found = record[key];
      if (typeof found === 'number' && Number.isInteger(found) && found >= min && found <= max) return found;
      return fail(key, `a whole number from ${min} to ${max}`);
    },
    flag(key) {
      const found = record[key];
      return typeof found === 'boolean' ? found : fail(key, 'true or false');
    },
    list(key) {
      const found = record[key];
      return Array.isArray(found) ? (found as readonly unknown[]) : fail(key, 'a list');
    },
    object(key, keys) {
      return readFields(record[key], keys, { ...place, path: place.path === '' ? key : `${place.path}.${key}` });
    },
    localized(key) {
      if (typeof record[key] === 'string') return { ru: reader.text(key), en: reader.text(key) };
      const both = reader.object(key, ['ru', 'en']);
      return { ru: both.text('ru'), en: both.text('en') };
    },
  };
  return reader;
}
