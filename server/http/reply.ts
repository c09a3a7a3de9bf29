import type { Readable } from 'node:stream';

type Headers = Readonly<Record<string, string>>;

/** What a handler answers: a value, so that a route can be tested and replayed without a socket. */
export type Reply =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown; readonly headers: Headers }
  | { readonly kind: 'empty'; readonly status: number; readonly headers: Headers }
  | { readonly kind: 'content'; readonly status: number; readonly body: Uint8Array; readonly headers: Headers }
  | { readonly kind: 'stream'; readonly status: number; readonly body: Readable; readonly headers: Headers };

export function ok(body: unknown, headers: Headers = {}): Reply {
  return { kind: 'json', status: 200, body, headers };
}

export function created(body: unknown, headers: Headers = {}): Reply {
  return { kind: 'json', status: 201, body, headers };
}

export function noContent(headers: Headers = {}): Reply {
  return { kind: 'empty', status: 204, headers };
}

/** Bytes or text that are already whole in memory; `headers` must name the content type. */
export function content(body: Uint8Array | string, headers: Headers & { readonly 'content-type': string }): Reply {
  return { kind: 'content', status: 200, body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body, headers };
}

/** Of what never changes under its address: browsers keep it for a year, and proxies do not. */
export const IMMUTABLE = { 'cache-control': 'private, max-age=31536000, immutable' };

/** A script whose address names its content. */
export function immutableModule(text: string): Reply {
  return content(text, { 'content-type': 'text/javascript; charset=utf-8', ...IMMUTABLE });
}

export function stream(body: Readable, headers: Headers & { readonly 'content-type': string }): Reply {
  return { kind: 'stream', status: 200, body, headers };
}
