const CODES = /^(08...|25P03|57P01|57P02|57P03|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)$/;
const WORDS = /Connection (terminated|ended)|is not queryable/;

/** True when there was no connection to the database server, or it broke; the drivers tell so by code or by words. */
export function connectionLost(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return (typeof code === 'string' && CODES.test(code)) || (typeof message === 'string' && WORDS.test(message));
}
