import assert from 'node:assert/strict';
import { bucketOf } from '#engine';
import { forEachDialect } from '../test/dialects.ts';
import { hashRequest, IdempotencyConflict, once } from './command-log.ts';
import { bucketForText, createKeySource } from './key-source.ts';
import { openTestDatabase, type OpenTestDatabase } from './test/open-test-database.ts';
import { inTransaction } from './transaction.ts';

forEachDialect((dialect) => {
  let open: OpenTestDatabase;
  before(async () => (open = await openTestDatabase(dialect)));
  after(() => open.drop());

  describe('keys', () => {
    it('are never given twice, by two nodes and many callers at once', async () => {
      const nodes = [createKeySource(open.database), createKeySource(open.database)];
      const keys = await Promise.all(Array.from({ length: 3_000 }, (_, n) => nodes[n % 2]!.next(7)));
      const ranges = await Promise.all(nodes.map((node) => node.reserve(7, 2_500)));
      for (const { firstKey, lastKey } of ranges) {
        assert.equal(lastKey - firstKey, 2_499);
        for (let key = firstKey; key <= lastKey; key += 1) keys.push(key);
      }
      assert.equal(new Set(keys).size, 8_000);
      assert.ok(keys.every((key) => bucketOf(key) === 7 && Number.isSafeInteger(key)));
    });

    it('of a rolled-back transaction may be given again', async () => {
      const keys = createKeySource(open.database);
      let crashed: unknown;
      await inTransaction(open.database, async (tx) => {
        crashed = await keys.reserveWithin(tx, 8, 10);
        throw new Error('crash');
      }).catch(() => undefined);
      assert.deepEqual(await keys.reserve(8, 10), crashed);
    });

    it('in hand are taken from the front, and the bucket moves on when they run out', async () => {
      const keys = createKeySource(open.database);
      const bucket = keys.pickBucket();
      await keys.prepare(bucket);
      const { firstKey, lastKey } = keys.free(bucket)!;
      keys.taken(bucket, firstKey + 5);
      assert.deepEqual(keys.free(bucket), { firstKey: firstKey + 5, lastKey });
      assert.equal(await keys.next(bucket), firstKey + 5);
      keys.taken(bucket, lastKey);
      assert.equal(keys.pickBucket(), (bucket + 1) % 256);
    });

    it('keep a text in the same bucket for ever', () => {
      assert.equal(bucketForText('ОБР-2026-000001'), bucketForText('ОБР-2026-000001'));
      assert.equal(bucketForText('abc'), 0xba); // SHA-256 of "abc" begins with ba7816bf (FIPS 180-2, B.1).
    });
  });

  describe('a command with an id', () => {
    const command = (id: string, body: string) => ({
      bucket: 3,
      commandId: id,
      requestHash: hashRequest('POST /x', body),
      now: 1_000,
    });

    it('runs once; repeats get the first answer, also when they come together', async () => {
      let runs = 0;
      const send = () =>
        inTransaction(open.database, (tx) => once(tx, command('a', 'one'), async () => ({ number: (runs += 1) })));
      const answers = await Promise.all([send(), send(), send()]);
      assert.deepEqual([...answers, await send()], Array(4).fill({ number: 1 }));
      assert.equal(runs, 1);
    });

    it('is refused when the request differs', async () => {
      const send = (body: string) =>
        inTransaction(open.database, (tx) => once(tx, command('b', body), async () => body));
      await send('one');
      await assert.rejects(send('two'), IdempotencyConflict);
    });

    it('that failed left nothing and may be sent again', async () => {
      const crash = inTransaction(open.database, (tx) =>
        once(tx, command('c', 'one'), () => Promise.reject(new Error('no'))),
      );
      await assert.rejects(crash, /no/);
      assert.equal(await inTransaction(open.database, (tx) => once(tx, command('c', 'one'), async () => 'yes')), 'yes');
    });
  });
});
