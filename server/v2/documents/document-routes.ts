import { Type, type Static } from '@sinclair/typebox';
import type { Language } from '#contract';
import type { ApiFiles, KeptFile, NewApiFile } from '../../files/api/api-files.ts';
import type { DocumentLinks } from '../../files/api/document-links.ts';
import { FileRefused } from '../../files/content/file-refused.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import { Refused } from '../../http/refused.ts';
import { created, noContent, stream, type Reply } from '../../http/reply.ts';
import { route, type Route } from '../../http/route.ts';
import { SANDBOXED_CONTENT } from '../../http/security-headers.ts';
import { validateRequest } from '../../http/validate-request.ts';
import { OPERATE } from '../operate-access.ts';
import { DELETES_DOCUMENTS, PUTS_DOCUMENTS, READS_DOCUMENTS } from '../../identity/route-grants.ts';
import { wireDate } from '../wire-key.ts';
import { LongNumber, PlainText, WireKey } from '../wire-schema.ts';
import { readDocuments, type ReceivedDocument } from './read-documents.ts';

/** The only store; Camunda's clients name one, and another is not here. */
const STORE = 'reglament';
const MULTIPART = { kind: 'stream', contentType: 'multipart/form-data' } as const;

const Metadata = Type.Object(
  {
    contentType: Type.Optional(PlainText),
    fileName: Type.Optional(PlainText),
    expiresAt: Type.Optional(Type.String({ format: 'date-time' })),
    /** Counted here; what the client says of it is not believed. */
    size: Type.Optional(Type.Unknown()),
    processDefinitionId: Type.Optional(PlainText),
    processInstanceKey: Type.Optional(WireKey),
    customProperties: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
);
type Metadata = Static<typeof Metadata>;

const Id = Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\w.:@~-]+$' });
const StoreId = Type.Optional(Type.String({ maxLength: 200 }));
const DocumentParams = Type.Object({
  documentId: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' }),
});
/** Which content is meant: refused when the document has another. */
const ContentQuery = Type.Object(
  { storeId: StoreId, contentHash: Type.Optional(Type.String({ maxLength: 200 })) },
  { additionalProperties: false },
);
const Reference = Type.Object({
  'camunda.document.type': Type.Literal('camunda'),
  storeId: Type.String(),
  documentId: Type.String(),
  contentHash: Type.String({ description: 'SHA-256 in hex' }),
  metadata: Metadata,
});
/** Camunda's own default, and a day: who needs it longer asks again. */
const DEFAULT_LINK_LIFE = 3_600_000;
const LONGEST_LINK_LIFE = 24 * 3_600_000;
const LinkBody = Type.Object({ timeToLive: Type.Optional(LongNumber) }, { additionalProperties: false });
const Link = Type.Object({ url: Type.String(), expiresAt: Type.String() });
const Batch = Type.Object({
  createdDocuments: Type.Array(Reference),
  failedDocuments: Type.Array(Type.Object({ fileName: Type.String(), detail: Type.String() })),
});

/** Files that workers and clients pass by reference instead of by variable; what may be in them is told by their content. */
export interface DocumentRoutesDeps {
  readonly apiFiles: ApiFiles;
  readonly documentLinks: DocumentLinks;
  /** How people reach us from outside; null: as the request came. */
  readonly publicUrl: URL | null;
}

export function documentRoutes({ apiFiles, documentLinks, publicUrl }: DocumentRoutesDeps): readonly Route[] {
  const stage: ApiFiles['stage'] = (bytes) => apiFiles.stage(bytes);

  const keep = (
    { name, mimeType, content }: ReceivedDocument,
    metadata: Metadata,
    more: Pick<NewApiFile, 'by' | 'fileId'>,
  ): Promise<KeptFile> => {
    const { contentType, fileName, expiresAt, processDefinitionId, processInstanceKey, customProperties } = metadata;
    return apiFiles.keep(content, {
      ...more,
      name: fileName ?? (name === '' ? 'document' : name),
      mimeType: contentType ?? mimeType,
      expiresAt: expiresAt === undefined ? null : Date.parse(expiresAt),
      facts: { processDefinitionId, processInstanceKey, customProperties },
    });
  };

  return [
    route({
      method: 'post',
      path: '/v2/documents',
      summary: { ru: 'Положить документ', en: 'Upload a document' },
      access: OPERATE,
      grant: PUTS_DOCUMENTS,
      query: Type.Object({ storeId: StoreId, documentId: Type.Optional(Id) }, { additionalProperties: false }),
      body: MULTIPART,
      response: { status: 201, description: 'Its reference', schema: Reference },
      repeatable: false,
      handler: async ({ query: { storeId, documentId }, request, principal, language }) => {
        requireStore(storeId);
        const received = await readDocuments(request, { fileField: 'file', metadataField: 'metadata', stage });
        const [file] = received.files;
        try {
          if (received.files.length !== 1 || received.metadata.length > 1) throw tooMany();
          const [metadata = {}] = metadataOf(received.metadata, language);
          const by = principal.username;
          return created(
            reference(await keep(file!, metadata, { by, ...(documentId === undefined ? {} : { fileId: documentId }) })),
          );
        } finally {
          // What was kept has moved away; discarding it is nothing.
          for (const { content } of received.files) await content.discard();
        }
      },
    }),
    route({
      method: 'post',
      path: '/v2/documents/batch',
      summary: { ru: 'Положить документы', en: 'Upload several documents' },
      access: OPERATE,
      grant: PUTS_DOCUMENTS,
      query: Type.Object({ storeId: StoreId }, { additionalProperties: false }),
      body: MULTIPART,
      response: { status: 201, description: 'Their references; 207 when some of them failed', schema: Batch },
      repeatable: false,
      handler: async ({ query: { storeId }, request, principal, language }): Promise<Reply> => {
        requireStore(storeId);
        const { files, metadata: sent } = await readDocuments(request, {
          fileField: 'files',
          metadataField: 'metadataList',
          stage,
        });
        const createdDocuments: object[] = [];
        const failedDocuments: object[] = [];
        try {
          const metadata = metadataOf(sent, language);
          if (metadata.length > 0 && metadata.length !== files.length) throw unequal(files.length, metadata.length);
          for (const [at, file] of files.entries()) {
            try {
              const kept = await keep(file, metadata[at] ?? {}, { by: principal.username });
              createdDocuments.push(reference(kept));
            } catch (error) {
              if (!(error instanceof FileRefused)) throw error;
              const { message, remedy } = error.texts[language];
              failedDocuments.push({ fileName: metadata[at]?.fileName ?? file.name, detail: `${message} ${remedy}` });
            }
          }
        } finally {
          for (const { content } of files) await content.discard();
        }
        const status = failedDocuments.length === 0 ? 201 : 207;
        return { kind: 'json', status, headers: {}, body: { createdDocuments, failedDocuments } };
      },
    }),
    route({
      method: 'get',
      path: '/v2/documents/:documentId',
      summary: { ru: 'Получить документ', en: 'Download a document' },
      access: OPERATE,
      grant: READS_DOCUMENTS,
      params: DocumentParams,
      query: ContentQuery,
      response: { status: 200, description: 'The bytes', contentType: 'application/octet-stream' },
      handler: async ({ params: { documentId }, query: { storeId, contentHash } }) => {
        requireStore(storeId);
        const file = await apiFiles.find(documentId);
        if (contentHash !== undefined && contentHash !== file.sha256) throw otherContent(documentId);
        return stream(await apiFiles.open(file), {
          ...SANDBOXED_CONTENT,
          'content-type': file.mime_type,
          'content-length': String(file.size),
          'content-disposition': contentDisposition('attachment', file.name),
        });
      },
    }),
    route({
      method: 'post',
      path: '/v2/documents/:documentId/links',
      summary: { ru: 'Ссылка на документ', en: 'Create a link to a document' },
      access: OPERATE,
      grant: READS_DOCUMENTS,
      params: DocumentParams,
      query: ContentQuery,
      body: { kind: 'json', schema: LinkBody, optional: true },
      response: { status: 201, description: 'Opens the document to whoever has it, until then', schema: Link },
      // A kept answer would keep the link.
      repeatable: false,
      handler: async ({ params: { documentId }, query: { storeId, contentHash }, body, request }) => {
        requireStore(storeId);
        const file = await apiFiles.find(documentId);
        if (contentHash !== undefined && contentHash !== file.sha256) throw otherContent(documentId);
        const timeToLive = Number(body.timeToLive ?? DEFAULT_LINK_LIFE);
        if (timeToLive < 1 || timeToLive > LONGEST_LINK_LIFE) throw wrongLife();
        const { token, expiresAt } = await documentLinks.make(file, timeToLive);
        const origin = publicUrl?.origin ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`;
        return created({ url: `${origin}/api/public/document-links/${token}`, expiresAt: wireDate(expiresAt) });
      },
    }),
    route({
      method: 'delete',
      path: '/v2/documents/:documentId',
      summary: { ru: 'Удалить документ', en: 'Delete a document' },
      access: OPERATE,
      grant: DELETES_DOCUMENTS,
      params: DocumentParams,
      query: Type.Object({ storeId: StoreId }, { additionalProperties: false }),
      response: { status: 204, description: 'Deleted' },
      repeatable: false,
      handler: async ({ params: { documentId }, query: { storeId } }) => {
        requireStore(storeId);
        await apiFiles.remove(documentId);
        return noContent();
      },
    }),
  ];
}

function reference(file: KeptFile): object {
  return {
    'camunda.document.type': 'camunda',
    storeId: STORE,
    documentId: file.file_id,
    contentHash: file.sha256,
    metadata: {
      contentType: file.mime_type,
      fileName: file.name,
      size: file.size,
      expiresAt: wireDate(file.expires_at),
      ...(file.facts as object),
    },
  };
}

function metadataOf(values: readonly unknown[], language: Language): readonly Metadata[] {
  return values.map((value) => validateRequest(Metadata, value, { part: 'body', language }));
}

function requireStore(storeId: string | undefined): void {
  if (storeId === undefined || storeId === STORE) return;
  throw invalid(
    `Хранилища «${storeId}» нет, есть «${STORE}». Уберите storeId.`,
    `There is no store "${storeId}", there is "${STORE}". Leave storeId out.`,
  );
}

function wrongLife(): Refused {
  return invalid(
    `timeToLive: от 1 до ${LONGEST_LINK_LIFE} мс (сутки).`,
    `timeToLive: from 1 to ${LONGEST_LINK_LIFE} ms (a day).`,
  );
}

function tooMany(): Refused {
  return invalid(
    'Ожидается один файл и не больше одной части metadata. Несколько файлов принимает /v2/documents/batch.',
    'Expected one file and at most one metadata part. /v2/documents/batch takes several files.',
  );
}

function unequal(files: number, metadata: number): Refused {
  return invalid(
    `Файлов ${files}, а в metadataList ${metadata}. Опишите каждый файл или ни одного.`,
    `There are ${files} files, but ${metadata} in metadataList. Describe every file, or none.`,
  );
}

function otherContent(documentId: string): Refused {
  return invalid(
    `У документа «${documentId}» другое содержимое, чем говорит contentHash.`,
    `The document "${documentId}" has another content than contentHash says.`,
  );
}

function invalid(ru: string, en: string): Refused {
  return new Refused('invalid-request', { ru, en });
}
