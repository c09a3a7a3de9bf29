import { Type } from '@sinclair/typebox';
import { KeyText } from '#contract';
import { requireCase } from '../cases/case-access.ts';
import { readerOf, type Database } from '../database/connect.ts';
import { contentDisposition } from '../http/content-disposition.ts';
import { keyOf } from '../http/key-text.ts';
import { notFound, Refused } from '../http/refused.ts';
import { stream } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { SANDBOXED_CONTENT } from '../http/security-headers.ts';
import type { Principal } from '../identity/principal.ts';
import { isOutsider } from '../identity/roles.ts';
import type { StoredFile } from './file-read-model.ts';
import type { Files } from './files.ts';

/** The only types shown inside our pages; everything else is handed out as a download. */
const SHOWN_INLINE: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

export function fileRoutes({
  database,
  files,
  maySeeFromOutside,
}: {
  readonly database: Database;
  readonly files: Files;
  /** The rule for people of other organisations. */
  readonly maySeeFromOutside: (file: StoredFile, principal: Principal) => Promise<boolean>;
}): readonly Route[] {
  const reader = readerOf(database);

  /** A file is as visible as its case; one that nothing refers to yet, only to the person who uploaded it. */
  const find = async (fileKey: string, principal: Principal): Promise<StoredFile> => {
    const missing = notFound({ ru: 'Файл', en: 'File' });
    const file = await files.find(keyOf(fileKey));
    if (isOutsider(principal)) {
      if (await maySeeFromOutside(file, principal)) return file;
      throw missing;
    }
    if (file.referenced_at === null && file.created_by !== principal.username) throw missing;
    if (file.case_key === null) throw missing;
    await requireCase(reader, file.case_key, principal).catch((error: unknown) => {
      throw error instanceof Refused ? missing : error;
    });
    return file;
  };

  return [
    route({
      method: 'get',
      path: '/api/files/:fileKey',
      summary: { ru: 'Скачать файл', en: 'Download a file' },
      access: 'signed-in',
      outsiders: true,
      params: Type.Object({ fileKey: KeyText }),
      query: Type.Object({ preview: Type.Optional(Type.Literal('1')) }, { additionalProperties: false }),
      response: { status: 200, description: 'The bytes', contentType: 'application/octet-stream' },
      handler: async ({ params, query, principal }) => {
        const file = await find(params.fileKey, principal);
        const inline = query.preview === '1' && SHOWN_INLINE.has(file.mime_type);
        return stream(await files.open(file), {
          ...SANDBOXED_CONTENT,
          'content-type': file.mime_type,
          'content-length': String(file.size),
          'content-disposition': contentDisposition(inline ? 'inline' : 'attachment', file.name),
          'cache-control': 'private, max-age=86400',
        });
      },
    }),
  ];
}
