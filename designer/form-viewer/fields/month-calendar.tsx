import '@mantine/dates/styles.css';
import 'dayjs/locale/ru';
import type { FormLanguage } from '#engine';
import { MonthPicker } from '@mantine/dates';

interface MonthCalendarProps {
  readonly language: FormLanguage;
  /** `2026-11`. */
  readonly value: string | undefined;
  readonly onPick: (month: string | null) => void;
}

/** The months of a year, in a chunk of its own like the calendar. */
export function MonthCalendar({ language, value, onPick }: MonthCalendarProps) {
  const date = value !== undefined && /^\d{4}-(?:0[1-9]|1[0-2])$/.test(value) ? `${value}-01` : null;
  return (
    <MonthPicker
      locale={language}
      value={date}
      {...(date && { defaultDate: date })}
      onChange={(picked: string | null) => onPick(picked === null ? null : picked.slice(0, 7))}
    />
  );
}
