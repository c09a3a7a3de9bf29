export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/**
 * Reads `Authorization: Basic` (RFC 7617, charset UTF-8): the password may hold colons, the username may not.
 *
 * @returns null for another scheme, undefined for no header, `'malformed'` for one that cannot be read
 */
export function readBasicHeader(header: string | undefined): BasicCredentials | 'malformed' | null | undefined {
  if (header === undefined) return undefined;
  const match = /^basic +([A-Za-z0-9+/=_-]{1,1000})$/i.exec(header);
  if (match === null) return /^basic\b/i.test(header) ? 'malformed' : null;
  const text = Buffer.from(match[1]!, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1 || text.includes('\ufffd')) return 'malformed';
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** The token of `Authorization: Bearer` (RFC 6750) in the shape of ours; null for anything else. */
export function readBearerHeader(header: string | undefined): string | null {
  return /^bearer +([A-Za-z0-9_-]{43})$/i.exec(header ?? '')?.[1] ?? null;
}
