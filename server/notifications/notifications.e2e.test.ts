import assert from 'node:assert/strict';
import { keyInBucket } from '#engine';
import { bucketForText, type KeySource } from '../database/key-source.ts';
import { startApp, type PersonName, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';
import { createNotifications } from './notifications.ts';

const HOUR = 60 * 60_000;

forEachDialect((dialect) => {
  describe('notifications', () => {
    let test: TestApp;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
      await test.mail('claim-shortage.eml');
      await test.settle();
    });
    after(() => test.close());

    const list = async (who: PersonName) => (await test.call(who, 'GET /api/notifications')).body;

    it('reminds the whole group after a working hour, each once, and nobody else', async () => {
      assert.equal((await list('dispatcher')).unread, 0);
      test.advance(HOUR + 1_000);
      await test.settle();
      await test.settle();
      for (const who of ['dispatcher', 'dispatcher2'] as const) {
        const { items, unread } = await list(who);
        assert.deepEqual([unread, items.length, items[0].read], [1, 1, false]);
        assert.match(items[0].text, /ОБР-2026-000001/);
        assert.match(items[0].caseKey, /^\d+$/);
      }
      assert.equal((await list('warehouse')).items.length, 0);
    });

    it('marks own notices as read and leaves those of others alone', async () => {
      const [mine] = (await list('dispatcher')).items;
      const read = await test.call('dispatcher2', 'POST /api/notifications/read', {
        notificationKeys: [mine.notificationKey],
      });
      assert.deepEqual([read.status, (await list('dispatcher')).unread], [204, 1]);
      await test.call('dispatcher', 'POST /api/notifications/read', { notificationKeys: [mine.notificationKey] });
      assert.deepEqual([(await list('dispatcher')).unread, (await list('dispatcher2')).unread], [0, 1]);
    });

    it('a person whose list cannot be written to keeps nobody else from being told', async () => {
      const next = (bucket: number): Promise<number> =>
        bucket === bucketForText('dispatcher')
          ? Promise.reject(new Error('a fault of ours'))
          : Promise.resolve(keyInBucket(bucket, 999));
      const deps = { database: test.database, keySource: { next } as KeySource, now: () => test.now() };
      const notice = { to: ['dispatchers'], text: 'Проверка', caseKey: null, userTaskKey: null, source: 'test' };
      await assert.rejects(createNotifications(deps).notify(notice), /1 failed .* a fault of ours/);
      assert.equal((await list('dispatcher2')).items[0].text, 'Проверка');
    });

    it('tells those who held the task when its deadline passes', async () => {
      test.advance(HOUR + 1_000);
      await test.settle();
      const texts = (await list('dispatcher')).items.map((item: { text: string }) => item.text);
      assert.ok(
        texts.some((text: string) => /^Срок прошёл: «Классифицировать обращение» — ОБР-2026-000001/.test(text)),
        texts.join('\n'),
      );
    });
  });
});
