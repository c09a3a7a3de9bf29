import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import { Refused } from '../http/refused.ts';

/** What the multipart parser found: a file object can come from here only, never from JSON. */
export interface UploadedPart {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Readable;
}

/**
 * Reads a multipart request that holds exactly one part `file`, and hands its bytes to `take` while they arrive.
 *
 * @throws Refused `malformed-body` (broken, cut off, no file or more than one), and whatever `take` throws
 */
export function readUpload<T>(request: Request, take: (part: UploadedPart) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: { files: 1, fields: 0, parts: 2, fieldNameSize: 100, headerPairs: 50 },
      });
    } catch {
      reject(broken('заголовок multipart не читается', 'the multipart header cannot be read'));
      return;
    }
    let taken: Promise<T> | undefined;
    let file: Readable | undefined;
    const fail = (error: Error): void => {
      request.unpipe(parser);
      // The bytes that still come are dropped; the taker of a half file learns that it is half.
      file?.destroy(error);
      request.resume();
      reject(error);
    };
    parser.on('file', (field, bytes, facts) => {
      if (field !== 'file' || taken !== undefined) {
        bytes.resume();
        fail(broken('ожидается одна часть с именем file', 'expected one part named file'));
        return;
      }
      file = bytes;
      taken = take({ name: facts.filename ?? '', mimeType: facts.mimeType, bytes });
      taken.catch(fail);
    });
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
      parser.on(limit, () => fail(broken('ожидается одна часть с именем file', 'expected one part named file')));
    }
    parser.on('error', () => fail(broken('данные оборваны', 'the data is cut off')));
    request.on('aborted', () => fail(broken('связь оборвалась', 'the connection broke')));
    parser.on('close', () => {
      if (taken === undefined) fail(broken('нет файла', 'there is no file'));
      else taken.then(resolve, reject);
    });
    request.pipe(parser);
  });
}

function broken(ru: string, en: string): Refused {
  return new Refused('malformed-body', {
    ru: `Файл не получен: ${ru}. Отправьте его ещё раз.`,
    en: `The file was not received: ${en}. Send it again.`,
  });
}
