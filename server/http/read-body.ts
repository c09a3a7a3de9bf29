import { formatBytes } from '#engine';
import type { Request } from 'express';
import { parseJson } from './check-json.ts';
import { Refused } from './refused.ts';
import type { BodySpec } from './route.ts';
import type { TSchema } from '@sinclair/typebox';

/** Forms with long texts and file references stay far below; bytes of files never travel as JSON. */
const MAX_JSON_BYTES = 1024 * 1024;

/**
 * Reads the body as its route declares it and nothing else: content-type confusion is how file handles were forged
 * elsewhere (CVE-2026-21858), so JSON is never guessed from another type.
 *
 * @returns parsed JSON, a Buffer, or undefined where the handler reads the stream itself
 * @throws Refused `unsupported-type`, `too-large`, `malformed-body`
 */
export async function readBody(request: Request, spec: BodySpec<TSchema> | undefined): Promise<unknown> {
  if (spec === undefined) {
    if (hasBody(request)) {
      throw new Refused('unsupported-type', {
        ru: 'Этот запрос не принимает тела.',
        en: 'This request takes no body.',
      });
    }
    return undefined;
  }
  if (spec.kind === 'json' && spec.optional === true && !hasBody(request)) return {};
  const expected = spec.kind === 'json' ? 'application/json' : spec.contentType;
  checkContentType(request.headers['content-type'], expected);
  if (spec.kind === 'stream') return undefined;
  if (spec.kind === 'raw') return readBytes(request, spec.maxBytes);
  const bytes = await readBytes(request, spec.maxBytes ?? MAX_JSON_BYTES);
  return parseJson(decodeUtf8(bytes));
}

function hasBody(request: Request): boolean {
  if (request.headers['transfer-encoding'] !== undefined) return true;
  return Number(request.headers['content-length'] ?? '0') > 0;
}

function checkContentType(header: string | undefined, expected: string): void {
  const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters
    .find((part) => part.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '');
  const charsetFits = expected !== 'application/json' || charset === undefined || charset === 'utf-8';
  if (type === expected && charsetFits) return;
  throw new Refused('unsupported-type', {
    ru: `Тип содержимого «${header ?? 'не указан'}» не принимается; ожидается ${expected}.`,
    en: `Content type "${header ?? 'none'}" is not accepted; expected ${expected}.`,
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Refused('malformed-body', { ru: 'Тело запроса не в UTF-8.', en: 'The body is not UTF-8.' });
  }
}

function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  const tooLarge = (): Refused =>
    new Refused('too-large', {
      ru: `Запрос больше, чем принимает этот адрес: ${formatBytes(maxBytes, 'ru')}. Отправьте меньше за один раз.`,
      en: `The request is larger than this address takes: ${formatBytes(maxBytes, 'en')}. Send less at a time.`,
    });
  if (Number(request.headers['content-length'] ?? '0') > maxBytes) return Promise.reject(tooLarge());
  // By events: an async iterator over a small body costs as much as the rest of the request.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else reject(tooLarge());
    });
    request.once('end', () => resolve(Buffer.concat(chunks, size)));
    request.once('error', reject);
    const gone = (): void => reject(new Error('Expected the whole body, but the client went away.'));
    request.once('close', gone);
    // It may have gone while we asked who it is; then nothing more is told.
    if (request.destroyed) gone();
  });
}
