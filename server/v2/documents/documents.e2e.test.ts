import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import type { ApiFile } from '../../files/api/api-file-store.ts';
import { forEachDialect } from '../../test/dialects.ts';
import { serveV2, type ServedV2 } from '../test/serve-v2.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const textFile = (text: string, name = 'note.txt'): File => new File([text], name, { type: 'text/plain' });

forEachDialect((dialect) => {
  describe('documents of /v2', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
    });
    after(() => served.close());

    // The client 8.8.4 declares a Blob and, strict, lets only a text pass.
    const upload = (text: string, metadata = {}, documentId?: string) =>
      boss.createDocument({
        file: text as never,
        metadata,
        ...(documentId === undefined ? {} : { documentId: documentId }),
      });
    // What the client gives is a text, whatever its types say.
    const read = async (reference: object): Promise<unknown> =>
      boss.getDocument(reference as Parameters<CamundaClient['getDocument']>[0]);

    it('keeps what is uploaded under a reference, and gives it back to whoever knows its hash', async () => {
      const kept = await upload('Привет', { fileName: 'письмо.txt', customProperties: { from: 'anna', pages: 2 } });
      assert.equal(kept.contentHash, hashOf('Привет'));
      assert.deepEqual(
        [kept['camunda.document.type'], kept.storeId, kept.metadata?.fileName, kept.metadata?.contentType],
        ['camunda', 'reglament', 'письмо.txt', 'text/plain; charset=utf-8'],
      );
      assert.deepEqual(kept.metadata?.customProperties, { from: 'anna', pages: 2 });
      const { documentId, contentHash } = kept as { documentId: never; contentHash: string };
      assert.equal(await read(kept), 'Привет');
      await assert.rejects(boss.getDocument({ documentId, contentHash: 'другое' }), { status: 400 });
      await boss.deleteDocument({ documentId });
      await assert.rejects(boss.getDocument({ documentId, contentHash }), { status: 404 });
      await assert.rejects(boss.deleteDocument({ documentId }), { status: 404 });
    });

    it('takes an id of the client once, and refuses another store', async () => {
      const kept = await upload('a', {}, 'claim-7');
      assert.equal(kept.documentId, 'claim-7');
      await assert.rejects(upload('b', {}, 'claim-7'), { status: 409 });
      await assert.rejects(served.apiFiles.open({ sha256: hashOf('b') } as ApiFile), { code: 'ENOENT' });
      assert.equal((await served.send('boss', 'GET /v2/documents/claim-7?storeId=aws')).status, 400);
    });

    it('one that is past its time is gone, and its bytes with it, unless somebody else has the same', async () => {
      const expiresAt = new Date(Date.now() + 60_000).toISOString();
      const gone = await upload('временное', { expiresAt }, 'gone');
      await upload('общее', { expiresAt }, 'shared-1');
      const stays = await upload('общее', {}, 'shared-2');
      served.advance(61_000);
      await assert.rejects(boss.getDocument({ documentId: 'gone' as never, contentHash: gone.contentHash! }), {
        status: 404,
      });
      assert.equal(await served.apiFiles.sweep(), 2);
      assert.equal(await read(stays), 'общее');
    });

    it('takes a batch, and tells which of it was refused and why', async () => {
      const { createdDocuments, failedDocuments } = await boss.createDocuments({
        files: ['1', '2'] as never,
        metadataList: [{ fileName: 'one.txt' }, { fileName: 'two.txt' }],
      });
      assert.deepEqual(
        createdDocuments?.map(({ metadata }) => metadata?.fileName),
        ['one.txt', 'two.txt'],
      );
      assert.deepEqual(failedDocuments, []);
      const form = new FormData();
      form.append('files', textFile('good', 'good.txt'));
      form.append('files', new File([new Uint8Array([0x4d, 0x5a, 0, 1, 2, 3])], 'virus.exe'));
      const mixed = await served.send('boss', 'POST /v2/documents/batch', form);
      const { failedDocuments: failed } = mixed.body as { failedDocuments?: { fileName: string; detail: string }[] };
      assert.deepEqual([mixed.status, failed?.[0]?.fileName], [207, 'virus.exe']);
    });

    const form = (parts: Readonly<Record<string, File | string>>): FormData => {
      const data = new FormData();
      for (const [name, part] of Object.entries(parts)) data.append(name, part);
      return data;
    };
    const status = async (body: FormData, who: 'boss' | 'head' = 'boss') =>
      (await served.send(who, 'POST /v2/documents', body)).status;

    it('gives a link that opens one document to whoever has it, until its time, another content or another secret', async () => {
      const kept = (await upload('по ссылке', { fileName: 'акт.txt' })) as { documentId: never; contentHash: string };
      const { documentId, contentHash } = kept;
      const link = async (timeToLive?: bigint): Promise<string> => {
        const body = timeToLive === undefined ? {} : { timeToLive };
        return (await boss.createDocumentLink({ documentId, contentHash, ...body } as never)).url!;
      };
      const follow = async (url: string): Promise<number> => (await fetch(url)).status;
      const url = await link();
      const opened = await fetch(url);
      assert.deepEqual([opened.status, await opened.text()], [200, 'по ссылке']);
      assert.match(opened.headers.get('content-disposition')!, /^attachment/);
      assert.match(opened.headers.get('content-security-policy')!, /sandbox/);
      await assert.rejects(boss.createDocumentLink({ documentId, contentHash: 'x' }), { status: 400 });
      await assert.rejects(link(90_000_000n), { status: 400 });
      assert.equal(
        (await served.send('warehouse', `POST /v2/documents/${documentId as string}/links`, {})).status,
        403,
      );

      const [payload, signature] = url.split('/').at(-1)!.split('.') as [string, string];
      const at = (token: string): string => url.replace(/[^/]+$/, token);
      const [, sha256, until] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [string, string, number];
      const forged = Buffer.from(JSON.stringify([documentId, sha256, until + 1e9])).toString('base64url');
      assert.equal(await follow(at(`${forged}.${signature}`)), 404);
      assert.equal(await follow(at(`${payload}.${'A'.repeat(43)}`)), 404);

      const short = await link(60_000n);
      served.advance(61_000);
      assert.deepEqual([await follow(short), await follow(url)], [404, 200]);
      await boss.deleteDocument({ documentId });
      await upload('другое', {}, documentId);
      assert.equal(await follow(url), 404, 'the id belongs to another content now');
      const { contentHash: other } = (await upload('третье', {}, 'third')) as { contentHash: string };
      const third = (await boss.createDocumentLink({ documentId: 'third', contentHash: other } as never)).url!;
      assert.equal(await follow(third), 200);
      await served.database.writer('signing_secret').delete();
      assert.equal(await follow(third), 404, 'all links end with the secret');
    });

    it('outlives metadata that are too long and a body refused while they come', async () => {
      const long = new File(['x'.repeat(70_000)], 'metadata.json', { type: 'application/json' });
      // Outside of a test the first of these ends the process.
      const unhandled: unknown[] = [];
      const note = (reason: unknown) => void unhandled.push(reason);
      process.on('unhandledRejection', note);
      assert.equal(await status(form({ metadata: long, file: textFile('a'.repeat(300_000)) })), 400);
      assert.equal(await status(form({ metadata: long, other: 'x', file: textFile('a') })), 400);
      process.off('unhandledRejection', note);
      assert.deepEqual(unhandled, []);
    });

    it('takes one whose time is over already, and knows no id with U+0000', async () => {
      const expiresAt = new Date(Date.now() - 60_000).toISOString();
      const kept = await upload('прошлое', { expiresAt }, 'past');
      assert.equal(kept.documentId, 'past');
      await assert.rejects(read(kept), { status: 404 });
      assert.equal((await served.send('boss', 'GET /v2/documents/a%00b')).status, 400);
      assert.equal((await served.send('boss', 'DELETE /v2/documents/a%00b')).status, 400);
    });

    it('refuses programs, pages with scripts, broken bodies and people without the right', async () => {
      assert.equal(
        await status(form({ file: new File(['<svg onload="x"/>'], 'x.svg', { type: 'image/svg+xml' }) })),
        415,
      );
      assert.equal(await status(form({ metadata: '{}' })), 400);
      assert.equal(await status(form({ file: textFile('a'), metadata: 'nonsense' })), 400);
      assert.equal(await status(form({ file: textFile('a'), metadata: '{"owner":1}' })), 400);
      assert.equal(await status(form({ file: textFile('a'), other: 'x' })), 400);
      assert.equal(await status(form({ file: textFile('a') }), 'head'), 403);
    });
  });
});
