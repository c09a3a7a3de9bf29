import { Type } from '@sinclair/typebox';
import { contentDisposition } from '../../http/content-disposition.ts';
import { stream } from '../../http/reply.ts';
import { route, type Route } from '../../http/route.ts';
import { SANDBOXED_CONTENT } from '../../http/security-headers.ts';
import type { ApiFiles } from './api-files.ts';
import type { DocumentLinks } from './document-links.ts';

/** Where `createDocumentLink` leads. */
export function documentLinkRoutes(deps: {
  readonly apiFiles: ApiFiles;
  readonly documentLinks: DocumentLinks;
}): readonly Route[] {
  const { apiFiles, documentLinks } = deps;
  return [
    route({
      method: 'get',
      path: '/api/public/document-links/:token',
      summary: { ru: 'Документ по ссылке', en: 'A document by its link' },
      access: 'public',
      params: Type.Object({ token: Type.String({ pattern: '^[\\w-]{1,1500}\\.[\\w-]{43}$' }) }),
      response: { status: 200, description: 'The bytes', contentType: 'application/octet-stream' },
      handler: async ({ params: { token } }) => {
        const file = await documentLinks.follow(token);
        return stream(await apiFiles.open(file), {
          ...SANDBOXED_CONTENT,
          'content-type': file.mime_type,
          'content-length': String(file.size),
          'content-disposition': contentDisposition('attachment', file.name),
          'referrer-policy': 'no-referrer',
        });
      },
    }),
  ];
}
