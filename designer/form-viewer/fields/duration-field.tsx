import { durationMinutes, durationOf } from '#engine';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { FieldSet } from './field-set.tsx';

const PARTS = ['days', 'hours', 'minutes'] as const;
type Typed = { readonly [P in (typeof PARTS)[number]]: string };

/** Days, hours and minutes side by side. «90» minutes is allowed; it becomes 1 h 30 min when the field is left. */
export function DurationField(binding: FieldBinding) {
  const text = useViewerText();
  const { field, value, change, leave, inputId, errors, required } = binding;
  const [typed, setTyped] = useState<Typed | undefined>(undefined);
  const shown = typed ?? partsOf(value);
  return (
    <FieldSet binding={binding}>
      {(describedBy) => (
        <div
          className={styles.parts}
          onBlur={(event) => {
            if (event.currentTarget.contains(event.relatedTarget)) return;
            if (durationMinutes(typeof value === 'string' ? value : '') !== undefined || value === null)
              setTyped(undefined);
            leave();
          }}
        >
          {PARTS.map((part, index) => (
            <TextInput
              key={part}
              id={index === 0 ? inputId : `${inputId}-${part}`}
              label={text(part)}
              value={shown[part]}
              inputMode="numeric"
              autoComplete="off"
              error={errors.length > 0}
              aria-describedby={describedBy}
              aria-required={required}
              onChange={(event) => {
                const next = { ...shown, [part]: event.currentTarget.value };
                setTyped(next);
                change(field, durationText(next));
              }}
            />
          ))}
        </div>
      )}
    </FieldSet>
  );
}

function partsOf(value: unknown): Typed {
  const minutes = typeof value === 'string' ? durationMinutes(value) : undefined;
  if (minutes === undefined) return { days: '', hours: '', minutes: typeof value === 'string' ? value : '' };
  const part = (count: number): string => (count === 0 ? '' : String(count));
  const rest = minutes % 60;
  return {
    days: part(Math.floor(minutes / 1440)),
    hours: part(Math.floor((minutes % 1440) / 60)),
    minutes: minutes === 0 ? '0' : part(rest),
  };
}

/** What is no whole number stays what it is, for the form to refuse. */
function durationText(typed: Typed): string | null {
  const parts = PARTS.map((part) => typed[part].trim());
  if (parts.every((part) => part === '')) return null;
  if (!parts.every((part) => /^\d{0,6}$/.test(part))) return parts.join(' ');
  const [days = 0, hours = 0, minutes = 0] = parts.map(Number);
  return durationOf((days * 24 + hours) * 60 + minutes);
}
