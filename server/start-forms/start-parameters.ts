import { Type } from '@sinclair/typebox';
import { SubmissionKey } from '#contract';
import { Refused } from '../http/refused.ts';

export const StartKey = Type.Object({ key: Type.String({ maxLength: 200 }) });

/** Of a field `/photos`, of a column of a table `/works/-/photos`. */
export const StartFieldQuery = Type.Object(
  { path: Type.String({ pattern: '^/[^/]{1,200}(/-/[^/]{1,200})?$' }) },
  { additionalProperties: false },
);

/** Header of an upload: not in the address, which stands in logs. */
export function submissionKeyOf(header: string | undefined): string {
  if (header !== undefined && new RegExp(SubmissionKey.pattern!).test(header)) return header;
  throw new Refused('invalid-request', {
    ru: 'Заголовок Submission-Key: 43 знака base64url, те же, что при отправке формы.',
    en: 'Header Submission-Key: 43 characters of base64url, the same as when the form is sent.',
  });
}
