import roundTheClockCalendar from '../../../processes/calendars/24x7.calendar.json' with { type: 'json' };
import roundTheClockSchedule from '../../../processes/calendars/24x7.schedule.json' with { type: 'json' };
import office from '../../../processes/calendars/office.schedule.json' with { type: 'json' };
import pack from '../../../processes/calendars/pack.json' with { type: 'json' };
import ru2026 from '../../../processes/calendars/ru-2026.calendar.json' with { type: 'json' };
import ru2027 from '../../../processes/calendars/ru-2027.calendar.json' with { type: 'json' };
import { buildCalendarSet, type CalendarSetFile } from '../build-calendar-set.ts';

export const shippedPack = pack;

/** The files of the pack `calendars` as they are shipped: the vectors of `domain.md` §4 are proved on them. */
export const shippedFiles: readonly CalendarSetFile[] = [
  { name: 'ru-2026.calendar.json', content: ru2026 },
  { name: 'ru-2027.calendar.json', content: ru2027 },
  { name: '24x7.calendar.json', content: roundTheClockCalendar },
  { name: 'office.schedule.json', content: office },
  { name: '24x7.schedule.json', content: roundTheClockSchedule },
];

export const shippedCalendars = buildCalendarSet(shippedFiles);
