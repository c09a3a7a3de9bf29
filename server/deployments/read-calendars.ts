import { buildCalendarSet, CalendarFileError, type CalendarSet } from '#engine';
import type { Transaction } from '../database/transaction.ts';
import type { Catalog } from '../runtime/catalog.ts';
import { problemIn, type DeploymentProblem } from './invalid-deployment.ts';
import type { FileReading } from './read-resource.ts';
import { findStoredFiles } from './stored-files.ts';

/** The calendars as they will be: those that stand, replaced and joined by those of this deployment. */
export async function readCalendars(
  tx: Transaction,
  catalog: Catalog,
  files: readonly FileReading[],
): Promise<{ readonly set: CalendarSet | null; readonly problems: readonly DeploymentProblem[] }> {
  const own = files.filter(({ format }) => format === 'calendar' || format === 'schedule');
  const replaced = new Set(own.flatMap(({ defines }) => defines.map(({ kind, id }) => `${kind} ${id}`)));
  const kept = [...catalog.current('calendar'), ...catalog.current('schedule')].filter(
    ({ kind, id }) => !replaced.has(`${kind} ${id}`),
  );
  const contents = await findStoredFiles(
    tx,
    kept.map(({ resourceKey }) => resourceKey),
  );
  try {
    const stored = [...contents.values()].map(({ name, content }) => ({
      name,
      content: JSON.parse(content) as unknown,
    }));
    return {
      set: buildCalendarSet([...stored, ...own.map(({ name, json }) => ({ name, content: json }))]),
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof CalendarFileError)) throw error;
    const { file, field } = error.params;
    const remedy = 'Correct the calendar file.';
    return {
      set: null,
      problems: [problemIn(file, { code: 'invalid-calendar', path: field, message: error.message, remedy })],
    };
  }
}
