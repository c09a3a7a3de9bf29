import { parseDuration } from '../../time/parse-duration.ts';
import { TimeError } from '../../time/time-error.ts';
import { isText, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';

/** Days, hours and minutes as ISO 8601, always written the same way: `PT90M` becomes `PT1H30M`. */
export const duration: KindDefinition = {
  kind: 'duration',
  type: 'string',
  format: 'duration',
  widgets: ['duration'],
  keywords: {},
  fragment: { type: 'string', format: 'duration' },
  schema: shortText,
  stores: isText,
  normalise: (value) => {
    const minutes = isText(value) ? durationMinutes(value) : undefined;
    return minutes === undefined ? value : durationOf(minutes);
  },
  fault: (value) => (durationMinutes(value as string) === undefined ? {} : undefined),
  words: {
    ru: { format: (label) => `«${label}»: укажите дни, часы и минуты целыми числами.` },
    en: { format: (label) => `“${label}”: give days, hours and minutes as whole numbers.` },
  },
};

/** Whole minutes, or undefined: months and years have no one length, and seconds are nobody's deadline. */
export function durationMinutes(text: string): number | undefined {
  try {
    const { years, months, weeks, days, hours, minutes, seconds, milliseconds } = parseDuration(text);
    const whole = ((weeks * 7 + days) * 24 + hours) * 60 + minutes;
    return years !== 0 || months !== 0 || seconds !== 0 || milliseconds !== 0 || whole < 0 ? undefined : whole;
  } catch (error) {
    if (error instanceof TimeError) return undefined;
    throw error;
  }
}

/** `2190` → `P1DT12H30M`. */
export function durationOf(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  const clock = `${hours > 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
  if (days === 0 && clock === '') return 'PT0M';
  return `P${days > 0 ? `${days}D` : ''}${clock && `T${clock}`}`;
}
