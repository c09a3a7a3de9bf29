import { formatPeriod } from '#engine';
import { lazy } from 'react';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import { parsePeriod } from '../time-text.ts';
import { CalendarButton } from './calendar-button.tsx';
import { NativeValue } from './native-value.tsx';
import { TypedValue } from './typed-value.tsx';

const MonthCalendar = lazy(() => import('./month-calendar.tsx').then((module) => ({ default: module.MonthCalendar })));

/** A month: «ноябрь 2026», «11.2026», or picked. */
export function PeriodField(binding: FieldBinding) {
  const { touch, language } = useForm();
  const text = useViewerText();
  const { field, value, change, label } = binding;
  const month = typeof value === 'string' ? value : '';
  if (touch) return <NativeValue binding={binding} type="month" shown={month} parse={parsePeriod} />;
  const picker = (
    <CalendarButton label={text('openMonths', { label })}>
      {(close) => (
        <MonthCalendar
          language={language}
          value={month}
          onPick={(picked) => {
            change(field, picked);
            close();
          }}
        />
      )}
    </CalendarButton>
  );
  return (
    <TypedValue
      binding={binding}
      shown={formatPeriod(month, language)}
      parse={parsePeriod}
      placeholder={text('periodPlaceholder')}
      picker={picker}
    />
  );
}
