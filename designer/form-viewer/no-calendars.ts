import { buildCalendarSet } from '#engine';

/** Working-time functions in the rules of a form answer null here and are decided by the server, until it serves its calendars. */
export const NO_CALENDARS = buildCalendarSet([]);
