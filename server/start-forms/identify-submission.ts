import { createHash } from 'node:crypto';
import { bucketForText } from '../database/key-source.ts';
import { sessionTokenHash } from '../identity/session-token.ts';

/** What one submission is known by. Neither of the two hashes tells the key or the token. */
export interface SubmissionIdentity {
  readonly submissionId: string;
  /** Of everything that the submission leads to. */
  readonly bucket: number;
  /**
   * Opens the page that tells how the case goes. Made of the key, so that whoever sends twice hears the same token twice though the
   * server keeps no more than its hash.
   */
  readonly followToken: string;
  readonly followHash: string;
}

/** @param key 256 random bits that the sender's browser made when it opened the form */
export function identifySubmission(key: string): SubmissionIdentity {
  const submissionId = sessionTokenHash(key);
  const followToken = createHash('sha256').update(`follow\n${key}`).digest('base64url');
  return {
    submissionId,
    bucket: bucketForText(submissionId),
    followToken,
    followHash: followHashOf(followToken),
  };
}

export function followHashOf(followToken: string): string {
  return sessionTokenHash(followToken);
}
