import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits; opaque, so nothing can be read from it or forged. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Only this is stored: who reads the database cannot use it as a cookie. A plain hash will do for 256 random bits. */
export function sessionTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
