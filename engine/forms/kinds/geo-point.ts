import type { JsonValue } from '../../json.ts';
import type { FormLanguage } from '../form-definition.ts';
import { formatNumber } from '../format-value.ts';
import { isRecord } from '../json-checks.ts';
import type { KindDefinition } from './kind-definition.ts';

export interface GeoPoint {
  /** Degrees north. */
  readonly lat: number;
  /** Degrees east. */
  readonly lon: number;
  /** Metres around the point, as the device said; absent when typed. */
  readonly accuracy?: number;
}

/** A place on the map: degrees WGS 84. */
export const geoPoint: KindDefinition = {
  kind: 'geo-point',
  type: 'object',
  format: 'geo-point',
  widgets: ['geo-point'],
  keywords: {},
  fragment: { type: 'object', format: 'geo-point' },
  schema: () => ({
    type: 'object',
    required: ['lat', 'lon'],
    additionalProperties: false,
    properties: {
      lat: { type: 'number', minimum: -90, maximum: 90 },
      lon: { type: 'number', minimum: -180, maximum: 180 },
      accuracy: { type: 'number', minimum: 0, maximum: 100_000_000 },
    },
  }),
  stores: (value) => geoPointOf(value) !== undefined,
  normalise: (value) => (isRecord(value) ? onlyCoordinates(value) : value),
  words: {
    ru: {
      ...wordsOf(
        (label) => `«${label}»: широта — от −90 до 90, долгота — от −180 до 180, например 55,751244 и 37,618423.`,
      ),
      required: (label) => `Укажите место: «${label}».`,
    },
    en: {
      ...wordsOf(
        (label) => `“${label}”: latitude is −90 to 90, longitude −180 to 180, for example 55.751244 and 37.618423.`,
      ),
      required: (label) => `Give the place: “${label}”.`,
    },
  },
};

function wordsOf(say: (label: string) => string) {
  return { type: say, minimum: say, maximum: say };
}

export function geoPointOf(value: unknown): GeoPoint | undefined {
  if (!isRecord(value) || !Number.isFinite(value['lat']) || !Number.isFinite(value['lon'])) return undefined;
  return value as unknown as GeoPoint;
}

/** Six decimals are ten centimetres; more is noise that would make the same place another value each time. */
function onlyCoordinates(value: Readonly<Record<string, unknown>>): JsonValue {
  const kept = (['lat', 'lon', 'accuracy'] as const).filter(
    (name) => value[name] !== undefined && value[name] !== null,
  );
  const digits = { lat: 1e6, lon: 1e6, accuracy: 1 };
  return Object.fromEntries(
    kept.map((name) => {
      const part = value[name];
      return [name, typeof part === 'number' ? Math.round(part * digits[name]) / digits[name] : (part as JsonValue)];
    }),
  );
}

/** «55,751244; 37,618423 (±12 м)». */
export function formatGeoPoint({ lat, lon, accuracy }: GeoPoint, language: FormLanguage): string {
  const around =
    accuracy === undefined
      ? ''
      : ` (±${formatNumber(Math.round(accuracy), language)}\u00a0${language === 'ru' ? 'м' : 'm'})`;
  return `${formatNumber(lat, language)}; ${formatNumber(lon, language)}${around}`;
}
