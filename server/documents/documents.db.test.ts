import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyInBucket } from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import { createKeySource } from '../database/key-source.ts';
import { migrate } from '../database/migrate.ts';
import { inTransaction } from '../database/transaction.ts';
import { createDeployments } from '../deployments/deployments.ts';
import { createFileContent, type FileContent } from '../files/content/create-file-content.ts';
import { connectTestDatabase } from '../database/test/connect-test-database.ts';
import { createDefinitions } from '../runtime/definitions.ts';
import { forEachDialect } from '../test/dialects.ts';
import { createDocuments, type DocumentOrder, type Documents } from './documents.ts';
import { findDocuments } from './document-read-model.ts';
import { takeNumber } from './number-series.ts';
import { createDocumentRenderer, type DocumentRenderer } from './render/create-document-renderer.ts';

const NOW = Date.parse('2026-12-31T20:59:00Z');
const ZONE = 'Europe/Moscow';

forEachDialect((dialect) => {
  describe('numbered documents', () => {
    let database: Database;
    let documents: Documents;
    let renderer: DocumentRenderer;
    let content: FileContent;
    const folder = mkdtempSync(join(tmpdir(), 'documents-'));
    let time = NOW;
    before(async () => {
      database = await connectTestDatabase((await dialect.connect()).settings);
      await migrate(database);
      const keys = createKeySource(database);
      const clock = { now: () => time };
      const definitions = await createDefinitions({ database, zone: ZONE });
      await createDeployments({ database, keys, definitions, clock }).deploy({
        resources: [
          { name: 'test/letter.hbs', content: '<p>№ {{document.number}} от {{date document.date}}: {{who}}</p>' },
        ],
        by: null,
      });
      renderer = createDocumentRenderer();
      content = createFileContent({ root: folder });
      documents = createDocuments({ database, keySource: keys, definitions, renderer, content, now: clock.now });
    });
    after(async () => {
      await renderer.close();
      await database.close();
      rmSync(folder, { recursive: true });
    });

    const order = (job: number, variables: Record<string, unknown> = { who: 'Иванов' }): DocumentOrder => ({
      jobKey: keyInBucket(7, job),
      caseKey: keyInBucket(7, 1_000_000),
      template: 'test/letter',
      title: 'Письмо',
      series: 'ИСХ',
      shownTo: [],
      variables,
      case: { number: null, title: null, client: null },
    });

    it('writes one document per job, however often and however many at once', async () => {
      const first = await documents.write(order(1));
      assert.equal(first.document_number, 'ИСХ-2026-000001');
      time += 60_000;
      assert.deepEqual(await documents.write(order(1)), first);
      const twins = await Promise.all([
        documents.write(order(2)),
        documents.write(order(2)),
        documents.write(order(3)),
      ]);
      assert.equal(twins[0].document_key, twins[1].document_key);
      assert.deepEqual(
        new Set(twins.map((one) => one.document_number)),
        new Set(['ИСХ-2027-000001', 'ИСХ-2027-000002']),
      );
      assert.equal((await findDocuments(readerOf(database), keyInBucket(7, 1_000_000))).length, 3);
    });

    it('gives a failed job its number again once the data is mended', async () => {
      await assert.rejects(documents.write(order(4, {})), /«who»/);
      const mended = await documents.write(order(4));
      assert.equal(mended.document_number, 'ИСХ-2027-000003');
      const html = (await (await content.open(mended.html_sha256)).toArray()).join('');
      assert.match(html, /ИСХ-2027-000003 от 01\.01\.2027: Иванов/);
    });

    it('counts without gaps and doubles under concurrency, and anew each year of the zone', async () => {
      const take = (now: number) =>
        inTransaction(database, (tx) => takeNumber(tx, { format: 'А-{yyyy}-{000}', now, zone: ZONE }));
      const numbers = await Promise.all(Array.from({ length: 20 }, () => take(NOW)));
      assert.deepEqual(
        [...numbers].sort(),
        Array.from({ length: 20 }, (_, index) => `А-2026-${String(index + 1).padStart(3, '0')}`),
      );
      await assert.rejects(
        inTransaction(database, async (tx) => {
          await takeNumber(tx, { format: 'А-{yyyy}-{000}', now: NOW, zone: ZONE });
          throw new Error('rolled back');
        }),
      );
      assert.equal(await take(NOW), 'А-2026-021');
      assert.equal(await take(NOW + 60_000), 'А-2027-001', '00:00 in Moscow');
      await assert.rejects(
        inTransaction(database, (tx) => takeNumber(tx, { format: 'без счётчика', now: NOW, zone: ZONE })),
        /exactly one counter/,
      );
    });
  });
});
