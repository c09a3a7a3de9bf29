import { hash, verify } from '@node-rs/argon2';
import { randomInt } from 'node:crypto';

/** OWASP's floor for argon2id (ASVS 5.0 V6): 19 MiB, two passes, one lane. The hash names its own parameters. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 200;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), PARAMETERS);
}

let nobody: Promise<string> | undefined;

/**
 * Compares a password with a stored hash. For an unknown user (null) the same work is done on a hash that nothing
 * matches, so that the time does not tell who exists.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomPassword());
  const matches = await verify(stored ?? (await nobody), password.normalize('NFC'));
  return stored !== null && matches;
}

/** No letters or digits that are mistaken for each other: people type these from a console. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Four groups of four: 32^16 = 2^80 possibilities, and it can be read aloud. */
export function randomPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
