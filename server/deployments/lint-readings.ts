import { lintProcess, type CalendarSet, type LintFinding, type LintSurroundings, type ProcessModel } from '#engine';
import type { Catalog } from '../runtime/catalog.ts';
import { problemFound, type DeploymentProblem } from './invalid-deployment.ts';
import type { FileReading } from './read-resource.ts';

/** What a model would break on by itself: deadlocks, ways without an end. Needs no catalog, so it is done before the lock. */
export function lintReadings(files: readonly FileReading[]): readonly DeploymentProblem[] {
  return errorsOf(files, (process) => lintProcess(process));
}

/** References to forms, decisions and processes that nobody deployed, and to unknown calendars. */
export function referenceProblems(
  files: readonly FileReading[],
  { catalog, calendars }: { readonly catalog: Catalog; readonly calendars: CalendarSet | null },
): readonly DeploymentProblem[] {
  const here = new Set(files.flatMap(({ defines }) => defines.map(({ kind, id }) => `${kind} ${id}`)));
  const surroundings: LintSurroundings = {
    references: {
      complete: true,
      exists: (kind, { id, bindingType }) =>
        here.has(`${kind} ${id.text}`) || (bindingType === 'latest' && catalog.latest(kind, id.text) !== undefined),
    },
    ...(calendars === null ? {} : { calendars }),
  };
  return errorsOf(files, (process) => lintProcess(process, surroundings, ['unknown-reference']));
}

function errorsOf(
  files: readonly FileReading[],
  lint: (process: ProcessModel) => readonly LintFinding[],
): readonly DeploymentProblem[] {
  return files.flatMap((file) =>
    file.processes
      .flatMap(lint)
      .filter(({ severity }) => severity === 'error')
      .map((finding) => problemFound(file.name, finding)),
  );
}
