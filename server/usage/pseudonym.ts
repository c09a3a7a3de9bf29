import { createHash } from 'node:crypto';

/** Tells whether it was the same person, and not who: a case that is deleted leaves no names. */
export function pseudonymOf(username: string): string {
  return createHash('sha256').update(`assignee\n${username}`).digest('base64url');
}
