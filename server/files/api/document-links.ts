import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { queryRows, readerOf, type Database } from '../../database/connect.ts';
import { defineTable } from '../../database/table-spec.ts';
import { inTransaction } from '../../database/transaction.ts';
import { insertNewRows } from '../../database/write-rows.ts';
import { notFound, type Refused } from '../../http/refused.ts';
import type { ApiFile } from './api-file-store.ts';
import type { ApiFiles } from './api-files.ts';

const PURPOSE = 'document-link';
const secretTable = defineTable('signing_secret', {
  columns: { purpose: 'text', secret: 'text', created_at: 'time' },
  primaryKey: ['purpose'],
});

/**
 * Links that show one document to whoever has them, for a while. Nothing is stored of a link: it says by itself which document
 * and until when, signed with a secret of this installation that is used for nothing else. It ends with its time, with the
 * document, and all of them at once when the secret's row is deleted.
 */
export interface DocumentLinks {
  make(file: Pick<ApiFile, 'file_id' | 'sha256'>, timeToLive: number): Promise<{ token: string; expiresAt: number }>;
  /** @throws Refused `not-found` for whatever is not, or not any more, a link to this very content */
  follow(token: string): Promise<ApiFile>;
}

export function createDocumentLinks(deps: {
  readonly database: Database;
  readonly apiFiles: Pick<ApiFiles, 'find'>;
  readonly now: () => number;
}): DocumentLinks {
  const { database, apiFiles, now } = deps;

  const readSecret = async (): Promise<string | undefined> => {
    const sql = 'SELECT secret FROM signing_secret WHERE purpose = ?';
    return (await queryRows<{ secret: string }>(readerOf(database), sql, [PURPOSE]))[0]?.secret;
  };
  /** Several nodes may want the first one at once; the row that stands is everybody's. */
  const secretOf = async (): Promise<string> => {
    const standing = await readSecret();
    if (standing !== undefined) return standing;
    const row = { purpose: PURPOSE, secret: randomBytes(32).toString('base64url'), created_at: now() };
    await inTransaction(database, (tx) => insertNewRows(tx, secretTable, [row]));
    return (await readSecret())!;
  };
  const sign = (payload: string, secret: string): Buffer =>
    createHmac('sha256', Buffer.from(secret, 'base64url')).update(payload).digest();

  return {
    async make({ file_id: fileId, sha256 }, timeToLive) {
      const expiresAt = now() + timeToLive;
      const payload = Buffer.from(JSON.stringify([fileId, sha256, expiresAt])).toString('base64url');
      return { token: `${payload}.${sign(payload, await secretOf()).toString('base64url')}`, expiresAt };
    },

    async follow(token) {
      const [payload = '', signature = ''] = token.split('.', 2);
      const secret = await readSecret();
      if (secret === undefined) throw over();
      const wanted = sign(payload, secret);
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw over();
      const [fileId, sha256, expiresAt] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
        string,
        string,
        number,
      ];
      if (expiresAt <= now()) throw over();
      const file = await apiFiles.find(fileId);
      // The id may have been given to another document since.
      if (file.sha256 !== sha256) throw over();
      return file;
    },
  };
}

function over(): Refused {
  return notFound({ ru: 'Ссылка на документ', en: 'Link to a document' });
}
