/** The cookie's name; `__Host-` binds it to this very host and to https, so it is used wherever https is. */
function sessionCookieName(secure: boolean): string {
  return secure ? '__Host-reglament_session' : 'reglament_session';
}

export function sessionCookie(
  token: string,
  options: { readonly secure: boolean; readonly maxAgeSeconds: number },
): string {
  const { secure, maxAgeSeconds } = options;
  const parts = [
    `${sessionCookieName(secure)}=${token}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${maxAgeSeconds}`,
  ];
  return (secure ? [...parts, 'Secure'] : parts).join('; ');
}

export function expiredSessionCookie(secure: boolean): string {
  return sessionCookie('', { secure, maxAgeSeconds: 0 });
}

/** The token of a Cookie header, or null. Ours holds only base64url, so no decoding is needed. */
export function readSessionCookie(header: string | undefined, secure: boolean): string | null {
  const name = sessionCookieName(secure);
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
  }
  return null;
}
