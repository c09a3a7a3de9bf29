import { isText, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';

/** A time of day without a zone, stored as FEEL's `time()` reads it: `14:30:00`. */
export const time: KindDefinition = {
  kind: 'time',
  type: 'string',
  format: 'time',
  widgets: ['time'],
  keywords: {},
  fragment: { type: 'string', format: 'time' },
  schema: shortText,
  stores: isText,
  normalise: (value) => (isText(value) ? value.replace(/^(\d{1,2}):(\d{2})(?::(\d{2}))?$/, wholeTime) : value),
  fault: (value) => (isTime(value as string) ? undefined : {}),
  words: {
    ru: {
      required: (label) => `Укажите время: «${label}».`,
      format: (label) => `«${label}»: такого времени нет, напишите, например, 14:30.`,
    },
    en: { format: (label) => `“${label}”: there is no such time, write for example 14:30.` },
  },
};

export function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text);
}

function wholeTime(_: string, hour: string, minute: string, second: string | undefined): string {
  return `${hour.padStart(2, '0')}:${minute}:${second ?? '00'}`;
}
