import { readCaseHeading } from '../../cases/case-heading.ts';
import { readerOf, type Database } from '../../database/connect.ts';
import { UnknownOrganisation, type Documents } from '../../documents/documents.ts';
import { RenderFailed, TemplateRefused } from '../../documents/render/template-errors.ts';
import { UnknownDefinition } from '../../runtime/runtime-errors.ts';
import { JobFailure } from '../../worker/job-errors.ts';
import type { JobHandler } from '../../worker/job-handlers.ts';
import { readParameter, readTexts, requireText } from '../read-parameter.ts';

export const DOCUMENT_JOB = 'reglament:document';

/**
 * `reglament:document`: a numbered document in the case. Parameters: `template` (id of a deployed template), `title`,
 * `numberSeries` (a prefix, or a format with one counter), `shownTo` (groups of contractors that it is for). The template sees the
 * job's variables, `case` and `document`.
 * Gives `documentKey` and `documentNumber`.
 */
export function documentJob(deps: { readonly database: Database; readonly documents: Documents }): JobHandler {
  return async ({ job }) => {
    const title = readParameter(job, 'title');
    const series = readParameter(job, 'numberSeries');
    try {
      const document = await deps.documents.write({
        jobKey: job.jobKey,
        caseKey: job.rootProcessInstanceKey,
        template: requireText(job, 'template'),
        title: typeof title === 'string' ? title : 'Документ',
        series: typeof series === 'string' ? series : 'ДОК',
        shownTo: [...new Set(readTexts(job, 'shownTo'))],
        variables: job.variables,
        case: await readCaseHeading(readerOf(deps.database), job.rootProcessInstanceKey),
      });
      return { documentKey: String(document.document_key), documentNumber: document.document_number };
    } catch (error) {
      throw failureOf(error);
    }
  };
}

/** A wrong template or missing data stays wrong however often it is tried; a crashed renderer does not. */
function failureOf(error: unknown): unknown {
  if (error instanceof RenderFailed) {
    const passing = error.code === 'render-closed' || error.code === 'render-crashed';
    return new JobFailure(
      `${error.message} ${error.remedy}`,
      passing ? { cause: error } : { retries: 0, cause: error },
    );
  }
  if (error instanceof TemplateRefused || error instanceof UnknownDefinition || error instanceof UnknownOrganisation) {
    return new JobFailure(error.message, { retries: 0, cause: error });
  }
  return error;
}
