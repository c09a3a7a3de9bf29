import { formatNumber, geoPointOf, type JsonValue } from '#engine';
import { Button, TextInput } from '@mantine/core';
import { IconCurrentLocation } from '@tabler/icons-react';
import { useState } from 'react';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { parseNumber } from '../number-text.ts';
import type { FormTextKey } from '../texts.ts';
import { FieldSet } from './field-set.tsx';

const PARTS = [
  ['lat', 'latitude'],
  ['lon', 'longitude'],
] as const;

/** The place of the device, or coordinates typed: without permission, signal or GPS the form can still be filled. */
export function GeoPointField(binding: FieldBinding) {
  const { language } = useForm();
  const text = useViewerText();
  const { field, value, change, leave, inputId, errors, label } = binding;
  const [typed, setTyped] = useState<Readonly<Record<string, string>> | undefined>(undefined);
  const { state, locate } = useLocation((point) => {
    setTyped(undefined);
    change(field, point);
  });
  const stored = isObject(value) ? value : {};
  const shown = (part: 'lat' | 'lon'): string => typed?.[part] ?? coordinate(stored[part], language);
  const accuracy = geoPointOf(value)?.accuracy;
  return (
    <FieldSet binding={binding}>
      {(describedBy) => (
        <div className={styles.geo}>
          <Button
            id={inputId}
            variant="default"
            className={styles.target}
            leftSection={<IconCurrentLocation size={16} aria-hidden />}
            loading={state === 'locating'}
            aria-describedby={describedBy}
            aria-label={`${text('locate')}: ${label}`}
            onClick={locate}
          >
            {text('locate')}
          </Button>
          <div className={styles.parts}>
            {PARTS.map(([part, name]) => (
              <TextInput
                key={part}
                id={`${inputId}-${part}`}
                label={text(name)}
                value={shown(part)}
                // A minus is needed west and south, and no numeric keyboard of a phone has one everywhere.
                inputMode="text"
                autoComplete="off"
                error={errors.length > 0}
                aria-describedby={describedBy}
                onBlur={() => {
                  if (geoPointOf(value)) setTyped(undefined);
                  leave();
                }}
                onChange={(event) => {
                  const next = { lat: shown('lat'), lon: shown('lon'), [part]: event.currentTarget.value };
                  setTyped(next);
                  change(field, pointOf(next));
                }}
              />
            ))}
          </div>
          <div aria-live="polite" className={styles.geoState}>
            {state === 'idle' || state === 'locating'
              ? accuracy !== undefined && text('accuracy', { metres: formatNumber(accuracy, language) })
              : text(state)}
          </div>
        </div>
      )}
    </FieldSet>
  );
}

type LocationState = 'idle' | 'locating' | Extract<FormTextKey, `location${string}`>;

function useLocation(onFound: (point: JsonValue) => void): {
  readonly state: LocationState;
  readonly locate: () => void;
} {
  const [state, setState] = useState<LocationState>('idle');
  const locate = (): void => {
    if (!('geolocation' in navigator)) return setState('locationMissing');
    setState('locating');
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => {
        setState('idle');
        onFound({ lat: latitude, lon: longitude, accuracy });
      },
      (problem) => setState(problem.code === problem.PERMISSION_DENIED ? 'locationDenied' : 'locationFailed'),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  };
  return { state, locate };
}

/** Pasted from a map, «55.751244, 37.618423» fills both. */
function pointOf({ lat = '', lon = '' }: Readonly<Record<string, string>>): JsonValue {
  const pair = /^\s*(-?\d{1,3}\.\d+)[,;]?\s+(-?\d{1,3}\.\d+)\s*$/.exec(lat);
  if (pair) return { lat: Number(pair[1]), lon: Number(pair[2]) };
  const parts = { lat: parseNumber(lat, false), lon: parseNumber(lon, false) };
  if (parts.lat === null && parts.lon === null) return null;
  return parts;
}

function coordinate(part: JsonValue | undefined, language: 'ru' | 'en'): string {
  if (typeof part === 'number') return formatNumber(part, language).replace('\u00a0', '');
  return typeof part === 'string' ? part : '';
}

function isObject(value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
