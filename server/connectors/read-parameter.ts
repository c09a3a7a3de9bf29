import type { JsonValue } from '#engine';
import type { ActivatedJob } from '../worker/claim-jobs.ts';
import { JobFailure } from '../worker/job-errors.ts';

/** A parameter of a job: an input mapping (variable) wins over a header of the model. */
export function readParameter(job: ActivatedJob, name: string): JsonValue | undefined {
  const value = job.variables[name];
  return value === undefined || value === null ? job.headers[name] : value;
}

/** @throws JobFailure without further tries: the model has to be mended */
export function requireText(job: ActivatedJob, name: string): string {
  const value = readParameter(job, name);
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new JobFailure(
    `Шагу «${job.elementId}» нужен параметр «${name}» (текст). Задайте его входным отображением или заголовком задания. ` +
      `/ The step "${job.elementId}" needs the text parameter "${name}": give it by an input mapping or a task header.`,
    { retries: 0 },
  );
}

/** One text or a list of texts; empty when absent. */
export function readTexts(job: ActivatedJob, name: string): readonly string[] {
  const value = readParameter(job, name);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one): one is string => typeof one === 'string' && one.trim() !== '');
}
