import type { JsonValue } from '../../json.ts';
import { fileReferenceOf, fileRulesOf, FORM_FILE_SCHEMA, MAX_FILES, MAX_SIDE, MIN_SIDE } from '../file-reference.ts';
import { isRecord } from '../json-checks.ts';
import type { KindDefinition } from './kind-definition.ts';
import { itemKeywords, readItemLimits } from './limits.ts';

/** References to uploaded files, photos or videos. Types and sizes are judged in `find-errors.ts`, in words a person understands. */
export const files: KindDefinition = {
  kind: 'files',
  type: 'array',
  widgets: ['files'],
  keywords: {
    'x-files': {
      value: 'object',
      members: {
        kind: { value: 'oneOf', of: ['file', 'photo', 'video'] },
        accept: { value: 'mimeTypes' },
        maxBytes: { value: 'integer', minimum: 1 },
        maxSide: { value: 'integer', minimum: MIN_SIDE, maximum: MAX_SIDE },
        quality: { value: 'number', minimum: 0.1, maximum: 1 },
      },
    },
    ...itemKeywords(MAX_FILES),
  },
  fragment: { type: 'array', 'x-files': { kind: 'file' } },
  read: (reading) => ({
    files: fileRulesOf(reading.schema['x-files'], `${reading.path}/x-files`, reading.problems),
    limits: readItemLimits(reading, { most: MAX_FILES, usual: 20 }),
  }),
  schema: ({ limits }) => ({ type: 'array', ...limits, items: FORM_FILE_SCHEMA }),
  stores: (value) => Array.isArray(value) && value.every((item) => fileReferenceOf(item) !== undefined),
  normalise: (value) =>
    Array.isArray(value) ? (value as readonly JsonValue[]).map((item) => withoutUnknownKeys(item)) : value,
  words: {
    ru: {
      required: (label, _params, field) =>
        field.files?.kind === 'photo' ? `Приложите фото: «${label}».` : `Приложите файл: «${label}».`,
    },
    en: {
      required: (label, _params, field) =>
        field.files?.kind === 'photo' ? `Attach a photo: “${label}”.` : `Attach a file: “${label}”.`,
    },
  },
};

function withoutUnknownKeys(item: JsonValue): JsonValue {
  const reference = fileReferenceOf(item);
  return reference ? { ...reference } : isRecord(item) ? {} : item;
}
