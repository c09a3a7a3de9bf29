import busboy from 'busboy';
import type { Request } from 'express';
import type { DeployedFile } from '../deployments/deployments.ts';
import { Refused } from '../http/refused.ts';

/** A model of 3,000 elements has about 2 MB (reliability.md §3.2); a pack has some dozens of files. */
const MAX_FILE_BYTES = 2 * 1024 * 1024;
const MAX_TOTAL_BYTES = 16 * 1024 * 1024;
const MAX_FILES = 200;

export interface ResourceUpload {
  readonly resources: readonly DeployedFile[];
  readonly tenantId: string | undefined;
}

/**
 * Reads the multipart body of `POST /v2/deployments`: any number of files named `resources`, and a field `tenantId`.
 * @throws Refused `malformed-body`, `too-large`
 */
export function readResources(request: Request): Promise<ResourceUpload> {
  return new Promise((resolve, reject) => {
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        // Resources of a pack are told apart by their folder.
        preservePath: true,
        limits: {
          files: MAX_FILES,
          fields: 10,
          fieldSize: 1_000,
          fileSize: MAX_FILE_BYTES,
          fieldNameSize: 100,
          headerPairs: 50,
        },
      });
    } catch {
      reject(broken('заголовок multipart не читается', 'the multipart header cannot be read'));
      return;
    }
    const resources: DeployedFile[] = [];
    let tenantId: string | undefined;
    let total = 0;
    let failed = false;
    const fail = (error: Refused): void => {
      if (failed) return;
      failed = true;
      request.unpipe(parser);
      request.resume();
      reject(error);
    };
    parser.on('file', (field, bytes, { filename }) => {
      // The raw types of busboy promise a name; a part without one has none.
      const name = filename ?? '';
      const chunks: Buffer[] = [];
      bytes.on('data', (chunk: Buffer) => {
        total += chunk.length;
        if (total > MAX_TOTAL_BYTES) fail(tooLarge());
        else chunks.push(chunk);
      });
      bytes.on('limit', () => fail(tooLarge(name)));
      bytes.on('error', () => fail(broken('данные оборваны', 'the data is cut off')));
      bytes.on('end', () => {
        if (failed) return;
        if (field !== 'resources')
          return fail(broken(`часть «${field}» здесь неизвестна`, `the part "${field}" is not known here`));
        const content = decode(Buffer.concat(chunks));
        if (content === null) fail(broken(`файл «${name}» не в UTF-8`, `the file "${name}" is not UTF-8`));
        else resources.push({ name, content });
      });
    });
    parser.on('field', (field, value) => {
      if (field === 'tenantId') tenantId = value;
      else fail(broken(`поле «${field}» здесь неизвестно`, `the field "${field}" is not known here`));
    });
    parser.on('filesLimit', () => fail(broken(`файлов больше ${MAX_FILES}`, `there are more than ${MAX_FILES} files`)));
    parser.on('fieldsLimit', () => fail(broken('слишком много полей', 'there are too many fields')));
    parser.on('error', () => fail(broken('данные оборваны', 'the data is cut off')));
    request.on('aborted', () => fail(broken('связь оборвалась', 'the connection broke')));
    parser.on('close', () => {
      if (!failed) resolve({ resources, tenantId });
    });
    request.pipe(parser);
  });
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function tooLarge(name?: string): Refused {
  return name === undefined
    ? new Refused('too-large', {
        ru: `Файлы вместе больше ${MAX_TOTAL_BYTES / 1_048_576} МБ. Публикуйте частями.`,
        en: `The files together are larger than ${MAX_TOTAL_BYTES / 1_048_576} MB. Deploy them in parts.`,
      })
    : new Refused('too-large', {
        ru: `Файл «${name}» больше ${MAX_FILE_BYTES / 1_048_576} МБ.`,
        en: `The file "${name}" is larger than ${MAX_FILE_BYTES / 1_048_576} MB.`,
      });
}

function broken(ru: string, en: string): Refused {
  return new Refused('malformed-body', {
    ru: `Публикация не получена: ${ru}.`,
    en: `The deployment was not received: ${en}.`,
  });
}
