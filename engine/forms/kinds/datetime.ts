import { isIsoDate } from '../value-format.ts';
import { isText, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';
import { isTime } from './time.ts';

/** A moment with its offset, `2026-11-28T14:30:00+03:00`; each reader sees it by his own clock. */
export const datetime: KindDefinition = {
  kind: 'datetime',
  type: 'string',
  format: 'date-time',
  widgets: ['datetime'],
  keywords: {},
  fragment: { type: 'string', format: 'date-time' },
  schema: shortText,
  stores: isText,
  normalise: (value) => (isText(value) ? value.replace(/(T\d{2}:\d{2})(?=Z$|[+-]\d{2}:\d{2}$)/, '$1:00') : value),
  fault: (value) => (isMoment(value as string) ? undefined : {}),
  words: {
    ru: {
      required: (label) => `Укажите дату и время: «${label}».`,
      format: (label) => `«${label}»: укажите и день, и время, например 28.11.2026 14:30.`,
    },
    en: {
      required: (label) => `Give the date and time: “${label}”.`,
      format: (label) => `“${label}”: give both the day and the time, for example 28.11.2026 14:30.`,
    },
  },
};

/** Without an offset it would be another moment for every reader. */
export function isMoment(text: string): boolean {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d{1,3})?(?:Z|[+-](\d{2}):([0-5]\d))$/.exec(text);
  if (!parts) return false;
  const year = Number(parts[1]!.slice(0, 4));
  return year >= 1000 && isIsoDate(parts[1]!) && isTime(parts[2]!) && Number(parts[3] ?? 0) <= 14;
}
