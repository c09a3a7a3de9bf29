import type { Language } from '#contract';
import { i18n } from '../texts/i18n.ts';
import { ApiProblem } from './api-problem.ts';

/** What went wrong, in a sentence a person can act on. The server's own sentence wins: it knows more. */
export function problemText(error: unknown, language: Language): string {
  const t = i18n.getFixedT(language);
  if (!(error instanceof ApiProblem)) return error instanceof Error ? error.message : t('errors.lead');
  if (error.status === 0) return t('errors.offline');
  if (error.detail !== '') return error.detail;
  if (error.status === 403) return t('errors.forbiddenLead');
  if (error.status === 504) return t('errors.timeout');
  return error.status >= 500 ? t('errors.server') : error.message;
}
