import { Type } from '@sinclair/typebox';
import { KeyText } from '#contract';
import { requireCase } from '../cases/case-access.ts';
import { readerOf, type Database } from '../database/connect.ts';
import type { FileContent } from '../files/content/create-file-content.ts';
import { contentDisposition } from '../http/content-disposition.ts';
import { keyOf } from '../http/key-text.ts';
import { notFound, Refused } from '../http/refused.ts';
import { IMMUTABLE, stream } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { SANDBOXED_CONTENT } from '../http/security-headers.ts';
import type { Principal } from '../identity/principal.ts';
import { isOutsider } from '../identity/roles.ts';
import { findDocument, isShownTo, type DocumentRow } from './document-read-model.ts';

const DocumentKey = Type.Object({ documentKey: KeyText });

export function documentRoutes({
  database,
  content,
}: {
  readonly database: Database;
  readonly content: FileContent;
}): readonly Route[] {
  const reader = readerOf(database);

  /** As visible as its case; from outside, to the organisations that the process has written it for. */
  const find = async (documentKey: string, principal: Principal): Promise<DocumentRow> => {
    const missing = notFound({ ru: 'Документ', en: 'Document' });
    const document = await findDocument(reader, keyOf(documentKey));
    if (document === null) throw missing;
    if (isOutsider(principal)) {
      if (isShownTo(document, principal.groups)) return document;
      throw missing;
    }
    await requireCase(reader, document.case_key, principal).catch((error: unknown) => {
      throw error instanceof Refused ? missing : error;
    });
    return document;
  };

  return [
    route({
      method: 'get',
      path: '/api/documents/:documentKey/html',
      summary: { ru: 'Документ для просмотра', en: 'Document for preview' },
      access: 'signed-in',
      outsiders: true,
      params: DocumentKey,
      response: { status: 200, description: 'The page as it was stored', contentType: 'text/html' },
      handler: async ({ params, principal }) => {
        const document = await find(params.documentKey, principal);
        return stream(await content.open(document.html_sha256), {
          ...SANDBOXED_CONTENT,
          'content-type': 'text/html; charset=utf-8',
          ...IMMUTABLE,
          'x-frame-options': 'SAMEORIGIN',
        });
      },
    }),
    route({
      method: 'get',
      path: '/api/documents/:documentKey/pdf',
      summary: { ru: 'Документ в PDF', en: 'Document as PDF' },
      access: 'signed-in',
      outsiders: true,
      params: DocumentKey,
      response: { status: 200, description: 'The stored file', contentType: 'application/pdf' },
      handler: async ({ params, principal }) => {
        const document = await find(params.documentKey, principal);
        const name = `${document.title} № ${document.document_number}.pdf`;
        return stream(await content.open(document.pdf_sha256), {
          ...SANDBOXED_CONTENT,
          'content-type': 'application/pdf',
          'content-disposition': contentDisposition('attachment', name),
          ...IMMUTABLE,
        });
      },
    }),
  ];
}
