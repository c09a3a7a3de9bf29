/** True when SQLite, PostgreSQL or the file system had no room. */
export function isDiskFull(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown };
  if (code === 'SQLITE_FULL' || code === '53100' || code === 'ENOSPC') return true;
  return cause !== undefined && cause !== null && isDiskFull(cause);
}
