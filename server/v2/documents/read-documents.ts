import { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import type { StagedContent } from '../../files/content/create-file-content.ts';
import { Refused } from '../../http/refused.ts';

/** A batch of more files than this is better sent in several. */
const MAX_FILES = 50;
const MAX_METADATA_BYTES = 64 * 1024;
/** Metadata, or a file sent as a text. */
const MAX_FIELD_BYTES = 1024 * 1024;

export interface ReceivedDocument {
  readonly name: string;
  readonly mimeType: string;
  readonly content: StagedContent;
}

export interface ReceivedDocuments {
  readonly files: readonly ReceivedDocument[];
  /** JSON values of the metadata parts, in order; a list given as one part is spread. */
  readonly metadata: readonly unknown[];
}

/**
 * Reads a multipart body with files in parts named `fileField` and JSON in parts named `metadataField`. The bytes are staged
 * as they come; what was staged is discarded when the body turns out to be broken.
 * @throws Refused `malformed-body`, and whatever `stage` throws
 */
export async function readDocuments(
  request: Request,
  {
    fileField,
    metadataField,
    stage,
  }: {
    readonly fileField: string;
    readonly metadataField: string;
    readonly stage: (bytes: Readable) => Promise<StagedContent>;
  },
): Promise<ReceivedDocuments> {
  const staging: Promise<ReceivedDocument>[] = [];
  const texts: Promise<string>[] = [];
  try {
    await parse(request, {
      onFile: (field, bytes, { name, mimeType }) => {
        // Some clients send JSON as a file part with a type of its own.
        if (field === metadataField) return void texts.push(awaitedLater(textOf(bytes)));
        if (field !== fileField) throw unknownPart(field);
        staging.push(awaitedLater(stage(bytes).then((content) => ({ name, mimeType, content }))));
      },
      onField: (field, value) => {
        if (field === metadataField) return void texts.push(Promise.resolve(value));
        if (field !== fileField) throw unknownPart(field);
        // The official client 8.8.4, strict, knows a file as a text only.
        const bytes = Readable.from([Buffer.from(value, 'utf8')]);
        staging.push(awaitedLater(stage(bytes).then((content) => ({ name: '', mimeType: 'text/plain', content }))));
      },
    });
    const files = await Promise.all(staging);
    const metadata = (await Promise.all(texts)).flatMap(parseMetadata);
    if (files.length === 0) throw broken(`нет части ${fileField}`, `there is no part ${fileField}`);
    return { files, metadata };
  } catch (error) {
    for (const one of await Promise.allSettled(staging)) {
      if (one.status === 'fulfilled') await one.value.content.discard();
    }
    throw error;
  }
}

/** Heard only when the whole body is here; without a listener until then Node would end the process. */
function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

interface Parts {
  onFile(field: string, bytes: Readable, facts: { readonly name: string; readonly mimeType: string }): void;
  onField(field: string, value: string): void;
}

function parse(request: Request, parts: Parts): Promise<void> {
  return new Promise((resolve, reject) => {
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: {
          files: MAX_FILES,
          fields: MAX_FILES * 2,
          fieldSize: MAX_FIELD_BYTES,
          fieldNameSize: 100,
          headerPairs: 50,
        },
      });
    } catch {
      reject(broken('заголовок multipart не читается', 'the multipart header cannot be read'));
      return;
    }
    const open = new Set<Readable>();
    const fail = (error: Error): void => {
      request.unpipe(parser);
      // The bytes that still come are dropped; the taker of a half file learns that it is half.
      for (const bytes of open) bytes.destroy(error);
      request.resume();
      reject(error);
    };
    const guarded = (act: () => void): void => {
      try {
        act();
      } catch (error) {
        fail(error as Error);
      }
    };
    parser.on('file', (field, bytes, { filename, mimeType }) => {
      open.add(bytes);
      bytes.on('close', () => open.delete(bytes));
      bytes.on('error', () => undefined);
      guarded(() => parts.onFile(field, bytes, { name: filename ?? '', mimeType }));
    });
    parser.on('field', (field, value, { valueTruncated }) =>
      guarded(() => {
        if (valueTruncated) throw broken(`часть ${field} слишком длинна`, `the part ${field} is too long`);
        parts.onField(field, value);
      }),
    );
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
      parser.on(limit, () => fail(broken('слишком много частей', 'there are too many parts')));
    }
    parser.on('error', () => fail(broken('данные оборваны', 'the data is cut off')));
    request.on('aborted', () => fail(broken('связь оборвалась', 'the connection broke')));
    parser.on('close', resolve);
    request.pipe(parser);
  });
}

async function textOf(bytes: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_METADATA_BYTES) chunks.push(chunk);
  }
  if (size > MAX_METADATA_BYTES) throw broken('метаданные слишком длинны', 'the metadata are too long');
  return Buffer.concat(chunks).toString('utf8');
}

function parseMetadata(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    throw broken('метаданные — не JSON', 'the metadata are not JSON');
  }
}

function unknownPart(field: string): Refused {
  return broken(`часть «${field}» здесь неизвестна`, `the part "${field}" is not known here`);
}

function broken(ru: string, en: string): Refused {
  return new Refused('malformed-body', {
    ru: `Документ не получен: ${ru}.`,
    en: `The document was not received: ${en}.`,
  });
}
