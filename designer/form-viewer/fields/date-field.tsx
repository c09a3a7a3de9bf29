import { TextInput } from '@mantine/core';
import { lazy, useState } from 'react';
import { dateText, parseDate } from '../date-text.ts';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import { CalendarButton } from './calendar-button.tsx';
import { inputProps } from './input-props.ts';

const Calendar = lazy(() => import('./calendar.tsx').then((module) => ({ default: module.Calendar })));

/** A date is typed («16.11.2026», «16 ноя 2026») or picked. The calendar is loaded when first opened; a phone uses its own. */
export function DateField(binding: FieldBinding) {
  const { touch } = useForm();
  return touch ? <NativeDate {...binding} /> : <TypedDate {...binding} />;
}

function NativeDate(binding: FieldBinding) {
  const { field, value, change } = binding;
  return (
    <TextInput
      {...inputProps(binding)}
      type="date"
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => change(field, event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}

function TypedDate(binding: FieldBinding) {
  const { language } = useForm();
  const text = useViewerText();
  const { field, label, value, change, leave, placeholder } = binding;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const picker = (
    <CalendarButton label={text('openCalendar', { label })}>
      {(close) => (
        <Calendar
          language={language}
          value={typeof value === 'string' ? value : undefined}
          onPick={(date) => {
            setTyped(undefined);
            change(field, date);
            close();
          }}
        />
      )}
    </CalendarButton>
  );
  return (
    <TextInput
      {...inputProps(binding)}
      value={typed ?? dateText(value, language)}
      placeholder={placeholder ?? text('datePlaceholder')}
      autoComplete="off"
      rightSection={picker}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        change(field, parseDate(event.currentTarget.value));
      }}
      onBlur={() => {
        setTyped(undefined);
        leave();
      }}
    />
  );
}
