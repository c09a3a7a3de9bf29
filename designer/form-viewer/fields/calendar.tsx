import '@mantine/dates/styles.css';
import 'dayjs/locale/ru';
import { isIsoDate, type FormLanguage } from '#engine';
import { DatePicker } from '@mantine/dates';

interface CalendarProps {
  readonly language: FormLanguage;
  readonly value: string | undefined;
  readonly onPick: (date: string | null) => void;
}

/** The month view, in a chunk of its own: most people type the date. No red weekends: red means wrong here. */
export function Calendar({ language, value, onPick }: CalendarProps) {
  const date = value !== undefined && isIsoDate(value) ? value : null;
  return (
    <DatePicker
      locale={language}
      firstDayOfWeek={1}
      weekendDays={[]}
      value={date}
      {...(date && { defaultDate: date })}
      onChange={onPick}
    />
  );
}
