import { formatDateTime, formatInstant, parseInstant } from '#engine';
import { lazy } from 'react';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import { tidied } from '../tidied.ts';
import { deviceZone, momentOf, offsetText, parseDateTime } from '../time-text.ts';
import { CalendarButton } from './calendar-button.tsx';
import { NativeValue } from './native-value.tsx';
import { TypedValue } from './typed-value.tsx';

const Calendar = lazy(() => import('./calendar.tsx').then((module) => ({ default: module.Calendar })));

/** A moment, typed and shown by the clock of this device; which clock that is is said when it is not the house's. */
export function DatetimeField(binding: FieldBinding) {
  const { touch, language, store } = useForm();
  const text = useViewerText();
  const { field, value, change, label } = binding;
  const zone = deviceZone();
  const moment = typeof value === 'string' ? tidied(field, value) : '';
  const shown = formatDateTime(moment, zone, language);
  const local = shown === moment ? undefined : formatInstant(parseInstant(moment, zone), zone);
  const { now, zone: houseZone } = store.setting;
  const elsewhere = offsetText(zone, now) !== offsetText(houseZone, now);
  const help = elsewhere
    ? [binding.help, text('yourTime', { zone: offsetText(zone, now) })].filter(Boolean).join(', ')
    : binding.help;
  if (touch) {
    return (
      <NativeValue
        binding={binding}
        type="datetime-local"
        shown={local?.slice(0, 16) ?? ''}
        parse={(typed) => (typed === '' ? null : (momentOf(typed.slice(0, 10), typed.slice(11), zone) ?? typed))}
        help={help}
      />
    );
  }
  const picker = (
    <CalendarButton label={text('openCalendar', { label })}>
      {(close) => (
        <Calendar
          language={language}
          value={local?.slice(0, 10)}
          onPick={(date) => {
            if (date !== null) change(field, momentOf(date, local?.slice(11, 16) ?? '09:00', zone) ?? null);
            close();
          }}
        />
      )}
    </CalendarButton>
  );
  return (
    <TypedValue
      binding={binding}
      shown={shown}
      parse={(typed) => parseDateTime(typed, zone)}
      placeholder={text('datetimePlaceholder')}
      picker={picker}
      help={help}
    />
  );
}
