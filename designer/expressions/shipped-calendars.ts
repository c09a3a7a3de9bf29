import { buildCalendarSet, type CalendarSet } from '#engine';
import roundTheClockCalendar from '../../processes/calendars/24x7.calendar.json' with { type: 'json' };
import roundTheClockSchedule from '../../processes/calendars/24x7.schedule.json' with { type: 'json' };
import office from '../../processes/calendars/office.schedule.json' with { type: 'json' };
import ru2026 from '../../processes/calendars/ru-2026.calendar.json' with { type: 'json' };
import ru2027 from '../../processes/calendars/ru-2027.calendar.json' with { type: 'json' };

/** The pack `calendars`: the server serves no calendars to browsers yet, and these are deployed with every installation. */
export const shippedCalendars: CalendarSet = buildCalendarSet([
  { name: 'ru-2026.calendar.json', content: ru2026 },
  { name: 'ru-2027.calendar.json', content: ru2027 },
  { name: '24x7.calendar.json', content: roundTheClockCalendar },
  { name: 'office.schedule.json', content: office },
  { name: '24x7.schedule.json', content: roundTheClockSchedule },
]);
